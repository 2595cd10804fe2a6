package sluice.nativeimage;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping and what came out of it when the executable was built.
 *
 * @param dependsOn      variables of the environment that it is made of, or what their names begin with
 * @param defaultsOfMaps its defaults that hold for any key, by their names ({@code quarkus.log.category.*.level})
 */
record PreparedMapping(
        ConfigClass mapping, Object instance, List<String> dependsOn, Map<String, String> defaultsOfMaps) {

    static final String ROOT = "quarkus";
    /** Root of our own settings. */
    static final String OWN = "sluice";

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]+)");

    /**
     * Nothing for mappings that are neither Quarkus' nor ours, or have a default that names something of the running process.
     *
     * @param defaults of all mappings
     */
    static Optional<PreparedMapping> of(ConfigClass mapping, Object instance, Map<String, String> defaults) {
        List<String> dependsOn = new ArrayList<>();
        // Almost any variable has a root's name in its own.
        if (isRoot(mapping.getPrefix())) {
            dependsOn.addAll(mapping.getProperties().keySet());
        } else {
            dependsOn.add(mapping.getPrefix());
        }
        for (String value : mapping.getProperties().values()) {
            Matcher expression = EXPRESSION.matcher(value == null ? "" : value);
            while (expression.find()) {
                dependsOn.add(expression.group(1));
            }
        }
        if (!dependsOn.stream().allMatch(name -> name.startsWith(ROOT + ".") || name.startsWith(OWN + "."))) {
            return Optional.empty();
        }
        Map<String, String> defaultsOfMaps = new HashMap<>(defaults);
        defaultsOfMaps.keySet().removeIf(name -> !name.contains("*") || !isUnder(mapping.getPrefix(), name));
        return Optional.of(new PreparedMapping(
                mapping,
                instance,
                dependsOn.stream().map(RuntimeSettings::variable).distinct().toList(),
                Map.copyOf(defaultsOfMaps)));
    }

    /** Of a mapping that Quarkus itself has fixed when it was built. */
    static PreparedMapping fixed(ConfigClass mapping, Object instance) {
        return new PreparedMapping(mapping, instance, List.of(), Map.of());
    }

    boolean holdsFor(RuntimeSettings settings) {
        for (String variable : dependsOn) {
            if (settings.touchVariable(variable)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnder(String prefix, String property) {
        return !isRoot(prefix) && property.startsWith(prefix) && property.startsWith(".", prefix.length());
    }

    private static boolean isRoot(String prefix) {
        return prefix.equals(ROOT) || prefix.equals(OWN);
    }
}
