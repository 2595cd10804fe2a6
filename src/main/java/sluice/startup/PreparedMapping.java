package sluice.startup;

import io.smallrye.config.ConfigMappings.ConfigClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping and what came out of it when the executable was built.
 *
 * @param dependsOn properties that it is made of, or their prefix
 */
record PreparedMapping(ConfigClass mapping, Object instance, List<String> dependsOn) {

    private static final String ROOT = "quarkus";
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{([^:}]+)");

    /** Nothing for mappings that are not Quarkus' own, or have a default that names something of the running process. */
    static Optional<PreparedMapping> of(ConfigClass mapping, Object instance) {
        List<String> dependsOn = new ArrayList<>();
        // Almost any variable has the root's name in its own.
        if (mapping.getPrefix().equals(ROOT)) {
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
        return dependsOn.stream().allMatch(name -> name.startsWith(ROOT + "."))
                ? Optional.of(new PreparedMapping(mapping, instance, List.copyOf(dependsOn)))
                : Optional.empty();
    }

    /** Whether the property is one of those that this mapping alone is made of. */
    boolean owns(String property) {
        String prefix = mapping.getPrefix();
        return !prefix.equals(ROOT) && property.startsWith(prefix) && property.startsWith(".", prefix.length());
    }

    boolean holdsFor(RuntimeSettings settings) {
        return dependsOn.stream().noneMatch(settings::touch);
    }
}
