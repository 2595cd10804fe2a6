package sluice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sluice.contract.Contract;
import sluice.contract.Severity;

/**
 * A command line, understood.
 *
 * @param command lint, schema or help
 * @param operands what is no option, in order
 * @param druid Druid's major version
 * @param format text, json or sarif
 * @param severity the least severity that is shown
 */
record Arguments(String command, List<String> operands, String druid, String format, Severity severity) {
    private static final Set<String> FORMATS = Set.of("text", "json", "sarif");

    static Arguments parse(List<String> given) throws UsageException {
        if (given.isEmpty()) {
            throw new UsageException("a command is missing");
        }
        if (given.contains("--help") || given.contains("-h") || given.get(0).equals("help")) {
            return new Arguments("help", List.of(), "33", "text", Severity.WARNING);
        }
        String druid = "33";
        String format = "text";
        Severity severity = Severity.WARNING;
        List<String> operands = new ArrayList<>();
        for (int at = 1; at < given.size(); at++) {
            String argument = given.get(at);
            if (!argument.startsWith("--")) {
                operands.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (equals < 0 && at + 1 == given.size()) {
                throw new UsageException(option + " needs a value");
            }
            String value = equals < 0 ? given.get(++at) : argument.substring(equals + 1);
            switch (option) {
                case "--druid" -> druid = oneOf(option, value, Contract.versions());
                case "--format" -> format = oneOf(option, value, FORMATS);
                case "--severity" ->
                    severity = Severity.valueOf(oneOf(option, value, Set.of("error", "warning", "info"))
                            .toUpperCase(Locale.ROOT));
                default -> throw new UsageException("no such option: " + option);
            }
        }
        String command = oneOf("the command", given.get(0), Set.of("lint", "schema"));
        if (operands.isEmpty()) {
            throw new UsageException(command.equals("lint") ? "a FILE is missing" : "the schema's name is missing");
        }
        return new Arguments(command, List.copyOf(operands), druid, format, severity);
    }

    private static String oneOf(String what, String value, Set<String> known) throws UsageException {
        if (!known.contains(value)) {
            throw new UsageException(what + " cannot be '" + value + "': known are "
                    + String.join(", ", known.stream().sorted().toList()));
        }
        return value;
    }
}
