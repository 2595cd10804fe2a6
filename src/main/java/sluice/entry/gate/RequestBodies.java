package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.NearestWord;
import sluice.core.json.JsonPointers;

/**
 * Reads JSON request bodies and validates each against the schema that the API's OpenAPI document has for the operation.
 * The document is {@code infra/api/openapi.yaml}; the build puts it on the class path. The first body
 * loads it, so that a cold start does not.
 */
@ApplicationScoped
class RequestBodies {

    private static final String RESOURCE = "/api/openapi.yaml";
    private static final String ADDRESS = "urn:sluice:openapi";
    /** The OpenAPI document is no schema itself, so its parts become definitions of one. */
    private static final String DEFINITIONS = "/$defs";

    private static final String INVALID = "SLU-0904";

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private @Nullable Description description;

    /**
     * Returns the body of a call. An empty body counts as an empty object.
     *
     * @throws ProblemException with status 400 if the body is not a JSON object or does not match the schema; each finding
     *     has the JSON Pointer of its place in the body
     */
    JsonBody read(Request request) {
        ObjectNode body = object(request);
        List<Finding> findings = schema(request.operation()).validate(body).stream()
                // What an alternative lacks, the error of all alternatives says.
                .filter(error -> !error.getEvaluationPath().toString().contains("/oneOf/"))
                .map(this::finding)
                .sorted((left, right) -> left.pointer().compareTo(right.pointer()))
                .toList();
        if (!findings.isEmpty()) {
            String detail = findings.stream()
                    .map(finding -> finding.pointer().isEmpty()
                            ? finding.message()
                            : finding.pointer() + ": " + finding.message())
                    .collect(Collectors.joining("; "));
            throw new ProblemException(400, "Bad request", "The body is not valid: " + detail, findings);
        }
        return new JsonBody(body);
    }

    private static ObjectNode object(Request request) {
        JsonNode node;
        try {
            node = request.body().isBlank() ? STRICT.createObjectNode() : STRICT.readTree(request.body());
        } catch (JsonProcessingException exception) {
            throw ProblemException.badRequest("The body is not JSON: " + exception.getOriginalMessage());
        }
        if (!(node instanceof ObjectNode object)) {
            throw ProblemException.badRequest("The body is not a JSON object");
        }
        return object;
    }

    private synchronized Description description() {
        if (description == null) {
            description = loaded();
        }
        return description;
    }

    private Schema schema(Route operation) {
        String pointer = DEFINITIONS + "/paths/" + JsonPointers.escape(operation.template()) + "/"
                + operation.method().toLowerCase(Locale.ROOT) + "/requestBody/content/application~1json/schema";
        if (description().document().at(pointer).isMissingNode()) {
            throw new IllegalStateException("The OpenAPI document has no schema at " + pointer);
        }
        String reference = ADDRESS + "#" + pointer.replace("{", "%7B").replace("}", "%7D");
        return description()
                .registry()
                .getSchema(STRICT.createObjectNode().put("$ref", reference).toString());
    }

    private static Description loaded() {
        try (InputStream text = RequestBodies.class.getResourceAsStream(RESOURCE)) {
            JsonNode openApi = new YAMLMapper().readTree(text);
            ObjectNode root = STRICT.createObjectNode();
            root.putObject(DEFINITIONS.substring(1))
                    .<ObjectNode>set("paths", openApi.path("paths"))
                    .set("components", openApi.path("components"));
            String schema = root.toString().replace("\"#/components/", "\"#" + DEFINITIONS + "/components/");
            return new Description(
                    STRICT.readTree(schema),
                    SchemaRegistry.withDefaultDialect(
                            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, schema))));
        } catch (IOException exception) {
            throw new UncheckedIOException("The class path has no readable " + RESOURCE, exception);
        }
    }

    private Finding finding(Error error) {
        StringBuilder pointer = new StringBuilder();
        for (int step = 0; step < error.getInstanceLocation().getNameCount(); step++) {
            pointer.append('/')
                    .append(JsonPointers.escape(
                            error.getInstanceLocation().getElement(step).toString()));
        }
        return Finding.error(
                INVALID,
                pointer.toString(),
                message(error),
                null,
                suggestion(error).orElse(null));
    }

    private String message(Error error) {
        if (!"oneOf".equals(error.getKeyword())) {
            return error.getMessage();
        }
        List<String> keys = new ArrayList<>();
        description()
                .document()
                .at(error.getSchemaLocation().getFragment().toString())
                .forEach(
                        alternative -> alternative.path("required").forEach(key -> keys.add("'" + key.asText() + "'")));
        return "exactly one of " + String.join(" and ", keys) + " is needed";
    }

    /** The nearest known key, if the error is about an unknown one. */
    private Optional<String> suggestion(Error error) {
        if (!"additionalProperties".equals(error.getKeyword()) || error.getProperty() == null) {
            return Optional.empty();
        }
        String keyword = error.getSchemaLocation().getFragment().toString();
        List<String> known = new ArrayList<>();
        description()
                .document()
                .at(JsonPointers.parent(keyword) + "/properties")
                .fieldNames()
                .forEachRemaining(known::add);
        return Optional.ofNullable(NearestWord.of(error.getProperty(), known));
    }

    /** The schema of all operations, and what was compiled from it. */
    private record Description(JsonNode document, SchemaRegistry registry) {}
}
