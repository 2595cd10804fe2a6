package sluice.entry.cli;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.core.definition.reader.Variables;

/**
 * A file's text.
 *
 * @param name its path as given, or {@value #STANDARD_INPUT}
 */
record SourceFile(String name, String text) {

    static final String STANDARD_INPUT = "-";

    private static final Pattern DEFINITION = Pattern.compile("\"apiVersion\"\\s*:\\s*\"sluice/");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)");

    private static final Pattern API_VERSION = Pattern.compile("(?m)^\\s*[\"']?apiVersion[\"']?\\s*:");
    private static final Pattern DRUID = Pattern.compile("(?m)^(type|spec|dataSource)\\s*:");

    /**
     * YAML is a Sluice definition, unless it begins a Druid spec and has no apiVersion. JSON with Sluice's apiVersion is a
     * definition too; all other JSON is Druid's.
     */
    boolean isDefinition() {
        return isYaml(name) && !isDruidInYaml()
                || name.equals(STANDARD_INPUT) && !looksLikeJson()
                || DEFINITION.matcher(text).find();
    }

    /**
     * Reads the file as a definition. Variables belong to the environment in which the definition will run; a variable
     * that is not given is replaced by its own name.
     */
    ReadResult definition(Map<String, String> given) {
        String kind = looksLikeJson() && !isYaml(name) ? "definition.json" : "definition.yaml";
        Set<String> names = new HashSet<>();
        Map<String, String> values = new HashMap<>();
        Matcher matcher = VARIABLE.matcher(text);
        while (matcher.find()) {
            String variable = matcher.group(1);
            names.add(variable);
            values.put(variable, given.getOrDefault(variable, standIn(variable)));
        }
        return DefinitionReader.read(text, kind, new Variables(names, values));
    }

    private boolean isDruidInYaml() {
        return DRUID.matcher(text).find() && !API_VERSION.matcher(text).find();
    }

    /** Checks the file as a Druid spec, in JSON or YAML. */
    List<Finding> spec(Contract contract) {
        return isYaml(name) ? contract.checkYaml(text) : contract.check(text);
    }

    static boolean isYaml(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static String standIn(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean looksLikeJson() {
        String start = text.strip();
        return start.startsWith("{") || start.startsWith("[");
    }
}
