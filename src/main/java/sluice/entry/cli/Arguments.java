package sluice.entry.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A parsed command line.
 *
 * @param operands everything that is not an option, in order
 * @param options values by option, in order; a flag has no values
 */
record Arguments(Command command, List<String> operands, Map<String, List<String>> options) {

    /** @param given the arguments after the command */
    static Arguments parse(Command command, List<String> given) throws UsageException {
        List<String> operands = new ArrayList<>();
        Map<String, List<String>> options = new HashMap<>();
        for (int at = 0; at < given.size(); at++) {
            String argument = given.get(at);
            if (!argument.startsWith("--")) {
                operands.add(argument);
                continue;
            }
            int equals = argument.indexOf('=');
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (command.flags().contains(argument)) {
                options.put(option, List.of());
                continue;
            }
            if (!command.options().contains(option)) {
                throw new UsageException(unknown(command, option));
            }
            if (equals < 0 && at + 1 == given.size()) {
                throw new UsageException(option + " needs a value");
            }
            String value = equals < 0 ? given.get(++at) : argument.substring(equals + 1);
            options.computeIfAbsent(option, first -> new ArrayList<>()).add(value);
        }
        return new Arguments(command, List.copyOf(operands), Map.copyOf(options));
    }

    private static String unknown(Command command, String option) {
        TreeSet<String> known = new TreeSet<>(command.options());
        known.addAll(command.flags());
        return command.word() + " has no option " + option + "; known are " + String.join(", ", known);
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    /** Returns all values of an option that may occur several times. */
    List<String> all(String option) {
        return options.getOrDefault(option, List.of());
    }

    Optional<String> value(String option) throws UsageException {
        if (all(option).size() > 1) {
            throw new UsageException(option + " is given " + all(option).size() + " times");
        }
        return all(option).stream().findFirst();
    }

    String required(String option) throws UsageException {
        return value(option).orElseThrow(() -> new UsageException(option + " is missing"));
    }

    String oneOf(String option, String otherwise, Set<String> known) throws UsageException {
        String value = value(option).orElse(otherwise);
        if (!known.contains(value)) {
            throw new UsageException(
                    option + " cannot be '" + value + "'; known are " + String.join(", ", new TreeSet<>(known)));
        }
        return value;
    }

    /** Returns true if the output format is json rather than text. */
    boolean wantsJson() throws UsageException {
        return oneOf("--format", "text", Set.of("text", "json")).equals("json");
    }

    Optional<Integer> number(String option) throws UsageException {
        String value = value(option).orElse(null);
        if (value != null && !value.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException(option + " cannot be '" + value + "'; it must be a whole number from 1");
        }
        return Optional.ofNullable(value).map(Integer::valueOf);
    }

    /** Returns the operand of a command that takes exactly one. */
    String operand(String what) throws UsageException {
        if (operands.size() != 1) {
            throw new UsageException(
                    operands.isEmpty() ? what + " is missing" : "one " + what + " is expected, not " + operands);
        }
        return operands.get(0);
    }

    List<String> atLeastOneOperand(String what) throws UsageException {
        if (operands.isEmpty()) {
            throw new UsageException(what + " is missing");
        }
        return operands;
    }
}
