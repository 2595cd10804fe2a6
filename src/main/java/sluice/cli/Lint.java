package sluice.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sluice.contract.Contract;
import sluice.contract.Finding;
import sluice.contract.Severity;

/** Checks files and prints what was found. A file that cannot be read does not keep the others from being checked. */
final class Lint {
    private static final Pattern DEFINITION = Pattern.compile("\"apiVersion\"\\s*:\\s*\"sluice/");

    private final Arguments arguments;
    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;
    private final Map<String, String> specs = new LinkedHashMap<>();
    private boolean unreadable;

    Lint(Arguments arguments, InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        this.arguments = arguments;
        this.in = in;
        this.out = out;
        this.err = err;
        this.environment = environment;
    }

    int run() throws IOException {
        List<Located> found = new ArrayList<>();
        for (String operand : arguments.operands()) {
            if (operand.equals("-")) {
                check("-", new String(in.readAllBytes(), StandardCharsets.UTF_8), found);
            } else {
                files(operand).forEach(file -> check(file, found));
            }
        }
        together(found);
        boolean anyError = found.stream().anyMatch(located -> located.finding().severity() == Severity.ERROR);
        List<Located> shown = found.stream()
                .filter(located -> located.finding().severity().compareTo(arguments.severity()) <= 0)
                .toList();
        Report.of(arguments.format()).print(shown, out);
        if (unreadable) {
            return Main.UNUSABLE;
        }
        return anyError ? Main.BAD : Main.GOOD;
    }

    private List<Path> files(String operand) {
        Path path = Path.of(operand);
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(Files::isRegularFile)
                    .filter(file -> isYaml(file.toString()) || file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException broken) {
            complain(operand, broken);
            return List.of();
        }
    }

    private void check(Path file, List<Located> found) {
        try {
            check(file.toString(), Files.readString(file), found);
        } catch (IOException broken) {
            complain(file.toString(), broken);
        }
    }

    private void complain(String file, IOException broken) {
        unreadable = true;
        err.println(file + ": cannot be read (" + broken.getClass().getSimpleName() + ": " + broken.getMessage() + ")");
    }

    private void check(String file, String text, List<Located> found) throws IOException {
        findings(file, text).forEach(finding -> found.add(new Located(file, finding)));
    }

    /** What the specs of one datasource do to each other. */
    private void together(List<Located> found) throws IOException {
        if (specs.size() < 2) {
            return;
        }
        Contract contract = Contract.forDruid(arguments.druid());
        ObjectMapper mapper = new ObjectMapper();
        Map<String, JsonNode> documents = new LinkedHashMap<>();
        for (Map.Entry<String, String> spec : specs.entrySet()) {
            documents.put(spec.getKey(), mapper.readTree(spec.getValue()));
        }
        documents.forEach((file, appending) -> documents.forEach((other, compaction) -> {
            if (!file.equals(other)) {
                contract.checkTogether(appending, compaction).forEach(finding -> found.add(new Located(file, finding)));
            }
        }));
    }

    /** YAML is Sluice's own, and so is JSON that says so; all other JSON is Druid's. */
    private List<Finding> findings(String file, String text) throws IOException {
        String start = text.strip();
        boolean json = start.startsWith("{") || start.startsWith("[");
        boolean definition = isYaml(file)
                || file.equals("-") && !json
                || DEFINITION.matcher(text).find();
        if (definition) {
            String name = json && !isYaml(file) ? "definition.json" : "definition.yaml";
            return new DefinitionLint(Contract.forDruid(arguments.druid()), environment).check(text, name);
        }
        Contract contract = Contract.forDruid(arguments.druid());
        List<Finding> found = contract.check(text);
        if (found.stream().noneMatch(finding -> finding.code().startsWith("SLU-3"))) {
            specs.put(file, text);
        }
        return found;
    }

    private static boolean isYaml(String file) {
        return file.endsWith(".yaml") || file.endsWith(".yml");
    }
}
