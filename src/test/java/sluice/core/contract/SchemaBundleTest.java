package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaBundleTest {

    private static final Set<String> OF_ONE_TYPE =
            Set.of("minimum", "maximum", "exclusiveMinimum", "pattern", "minLength", "format");
    private static final int MUTANTS_OF_A_SPEC = 60;

    static List<JsonNode> schemas() throws IOException {
        List<JsonNode> all = new ArrayList<>();
        for (String version : Contract.versions()) {
            for (String kind : List.of("task", "supervisor", "compactionConfig", "rules")) {
                all.add(Contract.forDruid(version).schema(kind));
            }
        }
        all.add(new ObjectMapper()
                .readTree(Path.of("src/main/resources/definition/definition.schema.json")
                        .toFile()));
        return all;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void hasAnIdAndNoKeywordThatStrictValidatorsRefuse(JsonNode schema) {
        // When
        Set<String> own = new TreeSet<>();
        names(schema, own);

        // Then
        assertThat(schema.path("$id").asText()).matches("https://.*/schemas/(druid-\\d+/)?[a-zA-Z]+[.]schema[.]json");
        assertThat(own).contains("properties").noneMatch(name -> name.startsWith("x-"));
    }

    /** The rules of ajv's strict mode that schemas of ours have broken; {@code infra/site/schemas.js} asks ajv itself. */
    @ParameterizedTest
    @MethodSource("schemas")
    void eachPlaceHasOneTypeAndItsKeywordsStandBesideIt(JsonNode schema) {
        // When
        List<String> broken = new ArrayList<>();
        collect(schema, "#", false, broken);

        // Then
        assertThat(broken).isEmpty();
    }

    @Test
    void aUnionOfTypesIsAChoiceAndEachTypeTakesItsKeywordsAlong() throws IOException {
        // Given
        JsonNode schema = new ObjectMapper()
                .readTree(
                        "{\"type\": [\"integer\", \"string\"], \"minimum\": 1, \"pattern\": \"^[0-9]+$\", \"title\": \"t\"}");

        // When
        StrictSchema.rewrite(schema);

        // Then
        assertThat(schema)
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                                {"title": "t", "anyOf": [
                                  {"type": "integer", "minimum": 1}, {"type": "string", "pattern": "^[0-9]+$"}]}
                                """));
    }

    @ParameterizedTest
    @ValueSource(strings = {"index-parallel", "compact", "supervisor-kafka", "supervisor-kinesis", "compaction-config"})
    void acceptsTheSameDocumentsAsTheContractsOwnSchema(String spec) throws IOException {
        // Given
        String kind = Specs.kind(spec);
        SchemaFiles files = new SchemaFiles("33");
        Schema before = compiled(new SchemaBundle(files).plain(kind));
        Schema after = compiled(new SchemaBundle(files).of(kind));
        JsonNode good = new ObjectMapper().readTree(Specs.text(spec));
        Mutations mutations = new Mutations(7);
        int refused = 0;

        for (int count = 0; count < MUTANTS_OF_A_SPEC; count++) {
            // When
            Mutations.Mutant mutant = mutations.of(good);
            boolean isValid = before.validate(mutant.document()).isEmpty();

            // Then
            assertThat(after.validate(mutant.document()).isEmpty())
                    .as(mutant.what())
                    .isEqualTo(isValid);
            refused += isValid ? 0 : 1;
        }
        assertThat(refused).isBetween(1, MUTANTS_OF_A_SPEC - 1);
    }

    private static Schema compiled(JsonNode schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
    }

    private static void collect(JsonNode node, String place, boolean hasType, List<String> broken) {
        if (node.isObject()) {
            boolean typed = hasType
                    || node.path("type").isTextual()
                    || node.path("type").isArray();
            if (node.path("type").isArray() && node.path("type").size() > 2) {
                broken.add(place + " has the types " + node.path("type"));
            }
            if (!typed) {
                OF_ONE_TYPE.stream()
                        .filter(keyword -> node.path(keyword).isValueNode())
                        .forEach(keyword -> broken.add(place + " has " + keyword + " and no type"));
            }
            node.properties()
                    .forEach(member -> collect(
                            member.getValue(),
                            place + "/" + member.getKey(),
                            member.getValue().isArray() && typed,
                            broken));
        } else {
            node.forEach(child -> collect(child, place + "/-", hasType, broken));
        }
    }

    private static void names(JsonNode node, Set<String> found) {
        node.fieldNames().forEachRemaining(found::add);
        node.forEach(child -> names(child, found));
    }
}
