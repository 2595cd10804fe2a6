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
 * A configuration mapping and the instance that the build made of it.
 *
 * @param dependsOn      environment variables that set a property of it, or prefixes of their names
 * @param defaultsOfMaps its defaults for any key of a map, by property name ({@code quarkus.log.category.*.level})
 */
record PreparedMapping(
        ConfigClass mapping, Object instance, List<String> dependsOn, Map<String, String> defaultsOfMaps) {

    static final String ROOT = "quarkus";
    /** Root of our own settings. */
    static final String OWN = "sluice";

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]+)");

    /**
     * Returns nothing for a mapping that is not Quarkus' own or has a default that depends on the running process.
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

    /** Returns a mapping that Quarkus itself fixes at build time. */
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
