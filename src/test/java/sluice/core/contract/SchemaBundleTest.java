package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaBundleTest {

    static List<JsonNode> schemas() {
        List<JsonNode> all = new ArrayList<>();
        for (String version : Contract.versions()) {
            for (String kind : List.of("task", "supervisor", "compactionConfig", "rules")) {
                all.add(Contract.forDruid(version).schema(kind));
            }
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasAnIdAndNoKeywordThatStrictValidatorsRefuse(JsonNode schema) {
        // When
        Set<String> own = new TreeSet<>();
        names(schema, own);

        // Then
        assertThat(schema.path("$id").asText()).matches("https://.*/schemas/druid-\\d+/[a-zA-Z]+[.]schema[.]json");
        assertThat(own).contains("properties").noneMatch(name -> name.startsWith("x-"));
    }

    private static void names(JsonNode node, Set<String> found) {
        node.fieldNames().forEachRemaining(found::add);
        node.forEach(child -> names(child, found));
    }
}
