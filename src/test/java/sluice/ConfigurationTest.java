package sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import sluice.simulation.BeanClasses;

/** {@code docs/configuration.md} names every setting with its default, and none that does not exist. */
class ConfigurationTest {

    private static final Path PAGE = Path.of("docs", "configuration.md");

    /** What functions read without a mapping: Quarkus' own, and the defaults of specs, which have a page of their own. */
    private static final List<String> OTHERS = List.of("QUARKUS_FUNQY_EXPORT", "SLUICE_DEFAULT_...");

    private static final Pattern ROW = Pattern.compile("^\\| (`[^|]*`) \\|([^|]*)\\|");
    private static final Pattern NAME = Pattern.compile("`([A-Z0-9_<>.]+)`");
    private static final Pattern VALUE = Pattern.compile("`([^`]*)`");

    @Test
    void everySettingIsDocumentedWithItsDefault() throws IOException {
        // Given
        Map<String, String> mapped = mapped();

        // When
        Map<String, String> documented = documented();

        // Then
        assertThat(mapped).hasSizeGreaterThan(40);
        assertThat(documented).containsExactlyInAnyOrderEntriesOf(mapped);
    }

    @Test
    void noTwoMappingsHaveTheSameProperty() {
        // When
        List<String> properties = mappings().stream()
                .flatMap(mapping -> mapping.getProperties().keySet().stream())
                .toList();

        // Then
        assertThat(properties).doesNotHaveDuplicates();
    }

    /** Names of environment variables and defaults; an empty text where there is none. */
    private static Map<String, String> mapped() {
        Map<String, String> all = new TreeMap<>();
        for (ConfigClass mapping : mappings()) {
            mapping.getProperties().forEach((property, value) -> {
                // A list also has a name for each of its elements.
                if (!property.endsWith("[*]")) {
                    all.put(variable(property), value == null ? "" : value);
                }
            });
        }
        return all;
    }

    private static List<ConfigClass> mappings() {
        return BeanClasses.annotated(ConfigMapping.class).stream()
                .map(ConfigClass::configClass)
                .toList();
    }

    /** {@code sluice.clusters.*.url} is {@code SLUICE_CLUSTERS_<NAME>_URL}. */
    private static String variable(String property) {
        return property.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT).replace("*", "<NAME>");
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> all = new HashMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = ROW.matcher(line);
            if (row.find() && NAME.matcher(row.group(1)).find()) {
                List<String> names = NAME.matcher(row.group(1))
                        .results()
                        .map(name -> name.group(1))
                        .collect(Collectors.toList());
                names.replaceAll(name -> name.startsWith("...") ? continued(names.get(0), name) : name);
                names.removeAll(OTHERS);
                String value = VALUE.matcher(row.group(2))
                        .results()
                        .map(found -> found.group(1))
                        .findFirst()
                        .orElse("");
                names.forEach(name -> all.put(name, value));
            }
        }
        return all;
    }

    /** {@code ..._PASSWORD} after {@code SLUICE_CLUSTERS_<NAME>_USERNAME} has the same beginning. */
    private static String continued(String first, String name) {
        return first.substring(0, first.indexOf('>') + 1) + name.substring("...".length());
    }
}
