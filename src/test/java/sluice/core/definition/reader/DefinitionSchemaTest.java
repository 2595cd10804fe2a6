package sluice.core.definition.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definitions;
import sluice.core.json.JsonPointers;

/** The published schema and the reader give the same verdict, at every place of a definition and for many values. */
class DefinitionSchemaTest {

    /** What no schema can say: a pattern coarser than the segments, min above max, hot longer than keep, the range of a duration. */
    private static final Set<String> BEYOND_SCHEMA = Set.of("SLU-0013", "SLU-0016", "SLU-0019");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static Schema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream file = DefinitionSchemaTest.class.getResourceAsStream("/definition/definition.schema.json")) {
            schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(JSON.readTree(file));
        }
    }

    @Test
    void goodDefinitionsAreGoodForBoth() {
        assertThat(schema.validate(Definitions.of(Definitions.WIKIPEDIA).document()))
                .isEmpty();
        assertThat(schema.validate(Definitions.of(Definitions.MINIMAL).document()))
                .isEmpty();
    }

    @Test
    void everyValueAtEveryPlaceHasTheSameVerdict() throws IOException {
        List<JsonNode> values = new ArrayList<>();
        for (String value : List.of(
                "null",
                "true",
                "false",
                "1",
                "0",
                "-1",
                "1.5",
                "\"\"",
                "\" \"",
                "\"x\"",
                "\"auto\"",
                "\"AUTO\"",
                "\"HOUR\"",
                "\"day\"",
                "\"NONE\"",
                "\"ALL\"",
                "\"append\"",
                "\"PT5M\"",
                "\"P1D\"",
                "\"P1M\"",
                "\"P\"",
                "\"PT\"",
                "\"pt1m\"",
                "\"none\"",
                "\"kinesis\"",
                "\"a/b\"",
                "\"a b\"",
                "\".a\"",
                "\"s3://a\"",
                "\"native\"",
                "\"evolve\"",
                "\"warn\"",
                "[]",
                "[\"a\"]",
                "[\"a\", \"a\"]",
                "[{}]",
                "{}",
                "{\"type\": \"dynamic\"}",
                "{\"type\": \"hashed\"}",
                "{\"min\": 3}",
                "{\"max\": 3}",
                "{\"on\": \"object\"}",
                "{\"on\": \"marker\"}",
                "{\"on\": \"marker\", \"name\": \"_DONE\"}",
                "{\"type\": \"period\", \"period\": \"P1D\"}",
                "{\"type\": \"period\", \"period\": \"P2D\"}")) {
            values.add(JSON.readTree(value));
        }
        ObjectNode good = Definitions.of(Definitions.WIKIPEDIA).document();
        List<String> pointers = new ArrayList<>();
        collect(good, "", pointers);

        for (String pointer : pointers) {
            for (JsonNode value : values) {
                assertSameVerdict(changed(good, pointer, value), pointer + " = " + value);
            }
            assertSameVerdict(removed(good, pointer), pointer + " removed");
            if (good.at(pointer).isObject()) {
                ObjectNode grown = good.deepCopy();
                ((ObjectNode) grown.at(pointer)).put("somethingElse", 1);
                assertSameVerdict(grown, pointer + " with an unknown key");
            }
        }
    }

    @Test
    void decidedElsewhereIsRefusedByBoth() {
        for (String key : List.of("partitionsSpec", "numShards", "maxParseExceptions", "reportParseExceptions")) {
            ObjectNode definition = Definitions.of(Definitions.WIKIPEDIA).document();
            definition.withObject("/batch/tuningConfig").put(key, 1);

            assertSameVerdict(definition, key);
            assertThat(schema.validate(definition)).as(key).isNotEmpty();
        }
    }

    private static void assertSameVerdict(ObjectNode definition, String what) {
        List<String> errors =
                DefinitionReader.read(definition.toString(), "x.json", Definitions.VARIABLES).findings().stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(Finding::code)
                        .toList();
        boolean schemaAgrees = schema.validate(definition).isEmpty() == errors.isEmpty();
        boolean beyondSchema = !errors.isEmpty() && BEYOND_SCHEMA.containsAll(errors);
        assertThat(schemaAgrees || beyondSchema)
                .as("%s: reader %s, schema %s", what, errors, schema.validate(definition))
                .isTrue();
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        node.properties().forEach(property -> {
            String child = JsonPointers.child(pointer, property.getKey());
            pointers.add(child);
            collect(property.getValue(), child, pointers);
        });
        if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                String child = JsonPointers.child(pointer, index);
                pointers.add(child);
                collect(array.get(index), child, pointers);
            }
        }
    }

    private static ObjectNode changed(ObjectNode good, String pointer, JsonNode value) {
        ObjectNode changed = good.deepCopy();
        JsonNode parent = changed.at(JsonPointers.parent(pointer));
        String last = last(pointer);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(last), value);
        } else {
            ((ObjectNode) parent).set(last, value);
        }
        return changed;
    }

    private static ObjectNode removed(ObjectNode good, String pointer) {
        ObjectNode removed = good.deepCopy();
        JsonNode parent = removed.at(JsonPointers.parent(pointer));
        if (parent instanceof ArrayNode array) {
            array.remove(Integer.parseInt(last(pointer)));
        } else {
            ((ObjectNode) parent).remove(last(pointer));
        }
        return removed;
    }

    private static String last(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }
}
