package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import sluice.core.json.JsonPointers;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.state.StateTable;
import sluice.simulation.BeanClasses;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.druid.InMemoryDruids;

/** {@code infra/api/openapi.yaml} is valid, describes the routes that there are, and its examples are true to it. */
class OpenApiTest {

    private static final Path FILE = Path.of("infra/api/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final String ADDRESS = "urn:sluice:openapi";

    /** A comma in an unquoted text of a flow mapping ends the text, and its rest becomes a key. */
    private static final Set<String> SCHEMA_KEYWORDS = Set.of(
            "$ref",
            "type",
            "format",
            "description",
            "enum",
            "const",
            "default",
            "properties",
            "required",
            "additionalProperties",
            "unevaluatedProperties",
            "items",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "minLength",
            "maxLength",
            "pattern",
            "minProperties",
            "maxProperties",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "title");

    private final JsonNode document = document();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, document.toString())));

    @Test
    void aGeneratedClientHasOneClassForEachSchema() {
        // Given
        Set<String> names = new TreeSet<>();
        JsonNode schemas = document.at("/components/schemas");
        schemas.fieldNames().forEachRemaining(names::add);

        // When
        List<String> inline = new ArrayList<>();
        schemas.properties().forEach(schema -> inlineObjects(schema.getKey(), schema.getValue(), inline));

        // Then
        assertThat(inline).isNotEmpty().doesNotHaveDuplicates().doesNotContainAnyElementsOf(names);
    }

    @Test
    void anotherParserReadsItWithoutAMessage() throws IOException {
        // Given
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        // When
        SwaggerParseResult result = new OpenAPIV3Parser().readContents(Files.readString(FILE), List.of(), options);

        // Then
        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths()).hasSizeGreaterThan(15);
    }

    @Test
    void describesEveryRouteAndNoOther() {
        // Given
        ManualClock clock = new ManualClock(Instant.EPOCH);
        Beans beans = new Beans(Map.of())
                .with(Clock.class, clock)
                .with(ObjectMapper.class, new ObjectMapper())
                .with(StateTable.class, new InMemoryStateTable(clock))
                .with(EventBus.class, new InMemoryEventBus())
                .with(ObjectStore.class, new InMemoryObjectStore(clock))
                .with(DruidClusters.class, new InMemoryDruids());
        Set<String> described = new TreeSet<>();
        operations((pointer, operation) -> described.add(call(pointer)));

        // When
        Set<String> routes = new TreeSet<>();
        BeanClasses.implementing(Endpoint.class)
                .forEach(type ->
                        beans.get(type).routes().forEach(route -> routes.add(route.method() + " " + route.template())));

        // Then
        assertThat(described).isEqualTo(routes);
    }

    @Test
    void everyOperationHasANameASummaryAndAnAnswerToMistakes() {
        List<String> lacking = new ArrayList<>();
        Set<String> ids = new TreeSet<>();

        // When
        operations((pointer, operation) -> {
            String id = operation.path("operationId").asText();
            if (id.isEmpty() || !ids.add(id)) {
                lacking.add(call(pointer) + ": an operationId of its own");
            }
            if (operation.path("summary").asText().isEmpty()) {
                lacking.add(call(pointer) + ": a summary");
            }
            if (!"#/components/responses/Refused"
                    .equals(operation.at("/responses/4XX/$ref").asText())) {
                lacking.add(call(pointer) + ": \"4XX\": {$ref: \"#/components/responses/Refused\"}");
            }
            if (!operation.path("responses").has("default")) {
                lacking.add(call(pointer) + ": a default response");
            }
        });

        // Then
        assertThat(lacking).isEmpty();
    }

    @Test
    void everyVariableOfAPathIsAParameterAndEveryParameterIsOneOfThePath() {
        List<String> wrong = new ArrayList<>();

        // When
        operations((pointer, operation) -> {
            Set<String> declared = new TreeSet<>();
            List.of(document.at(JsonPointers.parent(pointer) + "/parameters"), operation.path("parameters"))
                    .forEach(parameters -> parameters.forEach(parameter -> {
                        JsonNode resolved = resolved(parameter);
                        if (resolved.path("in").asText().equals("path")) {
                            declared.add(resolved.path("name").asText());
                        }
                    }));
            Set<String> variables = new TreeSet<>();
            for (String part : call(pointer).split("/")) {
                if (part.startsWith("{")) {
                    variables.add(part.substring(1, part.length() - 1));
                }
            }
            if (!declared.equals(variables)) {
                wrong.add(call(pointer) + " declares " + declared);
            }
        });

        // Then
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyBodyHasAnExampleThatItsSchemaTakes() {
        List<String> wrong = new ArrayList<>();

        // When
        operations((pointer, operation) -> {
            bodies(pointer + "/requestBody", wrong);
            operation
                    .path("responses")
                    .fieldNames()
                    .forEachRemaining(status -> bodies(pointer + "/responses/" + status, wrong));
        });
        document.at("/components/responses")
                .fieldNames()
                .forEachRemaining(name -> bodies("/components/responses/" + name, wrong));

        // Then
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyExampleIsUsed() {
        // Given
        String text = document.toString();
        List<String> unused = new ArrayList<>();

        // When
        document.at("/components")
                .properties()
                .forEach(kind -> kind.getValue().fieldNames().forEachRemaining(name -> {
                    if (!kind.getKey().equals("securitySchemes")
                            && !text.contains("\"#/components/" + kind.getKey() + "/" + name + "\"")) {
                        unused.add(kind.getKey() + "/" + name);
                    }
                }));

        // Then
        assertThat(unused).isEmpty();
    }

    @Test
    void schemasHaveKnownKeywordsOnly() {
        List<String> unknown = new ArrayList<>();

        // When
        document.at("/components/schemas")
                .properties()
                .forEach(schema -> keywords("/components/schemas/" + schema.getKey(), schema.getValue(), unknown));
        inlineSchemas("", document, unknown);

        // Then
        assertThat(unknown).isEmpty();
    }

    private void bodies(String pointer, List<String> wrong) {
        document.at(pointer).path("content").properties().forEach(content -> {
            JsonNode media = content.getValue();
            String place = pointer + "/content/" + JsonPointers.escape(content.getKey());
            List<JsonNode> examples = new ArrayList<>();
            media.path("examples")
                    .forEach(example -> examples.add(resolved(example).path("value")));
            if (media.has("example")) {
                examples.add(media.get("example"));
            }
            if (examples.isEmpty()) {
                wrong.add(place + " has no example; write one under components/examples");
            }
            examples.forEach(example -> errors(place, example).forEach(error -> wrong.add(place + ": " + error)));
        });
    }

    private List<Error> errors(String place, JsonNode example) {
        String reference = ADDRESS + "#" + place.replace("{", "%7B").replace("}", "%7D") + "/schema";
        return registry.getSchema("{\"$ref\":\"" + reference + "\"}").validate(example);
    }

    private void inlineSchemas(String pointer, JsonNode node, List<String> unknown) {
        node.properties().forEach(entry -> {
            String place = pointer + "/" + entry.getKey();
            if (entry.getKey().equals("schema")) {
                keywords(place, entry.getValue(), unknown);
            } else if (!place.startsWith("/components/schemas") && !place.startsWith("/components/examples")) {
                inlineSchemas(place, entry.getValue(), unknown);
            }
        });
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            inlineSchemas(pointer + "/" + index, node.get(index), unknown);
        }
    }

    private static void keywords(String pointer, JsonNode schema, List<String> unknown) {
        schema.properties().forEach(keyword -> {
            String place = pointer + "/" + keyword.getKey();
            if (!SCHEMA_KEYWORDS.contains(keyword.getKey())) {
                unknown.add(place);
            }
            switch (keyword.getKey()) {
                case "properties" ->
                    keyword.getValue().properties().forEach(property -> {
                        if (!property.getValue().isObject()) {
                            unknown.add(place + "/" + property.getKey() + " is no schema");
                        }
                        keywords(place + "/" + property.getKey(), property.getValue(), unknown);
                    });
                case "items", "additionalProperties", "not", "if", "then", "else" ->
                    keywords(place, keyword.getValue(), unknown);
                case "allOf", "anyOf", "oneOf" -> keyword.getValue().forEach(part -> keywords(place, part, unknown));
                default -> {}
            }
        });
    }

    /** Generators of clients name the class of such an object after its place: RunOrder for the order of a Run. */
    private static void inlineObjects(String name, JsonNode schema, List<String> found) {
        schema.path("properties").properties().forEach(property -> {
            String member = property.getKey();
            String place = name + member.substring(0, 1).toUpperCase(Locale.ROOT) + member.substring(1);
            if (property.getValue().has("properties")) {
                found.add(place);
                inlineObjects(place, property.getValue(), found);
            }
            if (property.getValue().path("items").has("properties")) {
                found.add(place + "Inner");
                inlineObjects(place + "Inner", property.getValue().path("items"), found);
            }
        });
    }

    private void operations(BiConsumer<String, JsonNode> each) {
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation -> METHODS.contains(operation.getKey()))
                .forEach(operation -> each.accept(
                        "/paths/" + JsonPointers.escape(path.getKey()) + "/" + operation.getKey(),
                        operation.getValue())));
    }

    /** Method and path of an operation's pointer. */
    private static String call(String pointer) {
        String path = JsonPointers.parent(pointer).substring("/paths/".length());
        return pointer.substring(pointer.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT)
                + " "
                + path.replace("~1", "/").replace("~0", "~");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static JsonNode document() {
        try {
            return new YAMLMapper().readTree(FILE.toFile());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
