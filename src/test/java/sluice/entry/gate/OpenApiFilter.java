package sluice.entry.gate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import sluice.sandbox.component.Project;

/** Holds every answer against {@code infra/api/openapi.yaml}: its path, method, status and body have to be there. */
final class OpenApiFilter implements Filter {

    private static final String ADDRESS = "urn:sluice:openapi";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode document = document();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(Map.of(ADDRESS, document.toString())));

    @Override
    public Response filter(
            FilterableRequestSpecification request,
            FilterableResponseSpecification specification,
            FilterContext context) {
        Response response = context.next(request, specification);
        check(request.getMethod(), URI.create(request.getURI()).getPath(), response);
        return response;
    }

    private void check(String method, String path, Response response) {
        String template = template(path);
        if (template == null) {
            Assertions.assertThat(response.statusCode())
                    .as("status of unknown path %s", path)
                    .isEqualTo(404);
            return;
        }
        JsonNode operation = document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT));
        String status = String.valueOf(response.statusCode());
        String call = method + " " + template + " -> " + status;
        String pointer = "/paths/" + escaped(template) + "/" + method.toLowerCase(Locale.ROOT) + "/responses/" + status;
        JsonNode described = operation.path("responses").path(status);
        if (described.isMissingNode()) {
            Assertions.assertThat(response.statusCode())
                    .as("%s is not in the document", call)
                    .isGreaterThanOrEqualTo(400);
            pointer = "/components/responses/Problem";
            described = document.at(pointer);
        }
        if (!described.has("content")) {
            return;
        }
        String type = response.contentType().split(";")[0];
        Assertions.assertThat(described.path("content").has(type))
                .as("%s answers %s", call, type)
                .isTrue();
        if (!type.endsWith("json")) {
            return;
        }
        String schema = "{\"$ref\":\"%s#%s/content/%s/schema\"}"
                .formatted(ADDRESS, pointer.replace("{", "%7B").replace("}", "%7D"), escaped(type));
        List<Error> errors = registry.getSchema(schema).validate(read(response.asString()));
        Assertions.assertThat(errors).as("%s: %s", call, response.asString()).isEmpty();
    }

    private String template(String path) {
        Map<String, Boolean> found = new TreeMap<>();
        document.path("paths").fieldNames().forEachRemaining(template -> {
            if (path.matches(template.replaceAll("\\{[^}]+}", "[^/]+"))) {
                found.put(template, true);
            }
        });
        return found.isEmpty() ? null : found.keySet().iterator().next();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException exception) {
            throw new UncheckedIOException("The answer is not JSON: " + json, exception);
        }
    }

    private static JsonNode document() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Project.folder("infra", "api", "openapi.yaml").toFile());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
