package sluice.entry.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.contract.Finding;

/** The schemas of {@code infra/api/openapi.yaml} decide what a request body may be. */
class RequestBodiesTest {

    private final RequestBodies bodies = new RequestBodies();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            POST /v1/runs                              | {"interval": "2026-01-01/2026-01-02"}                              | ``                | datasource
            POST /v1/runs                              | {"datasource": "a", "objects": [{"bucket": "b"}]}                  | /objects/0        | key
            POST /v1/runs                              | {"datasource": "a", "objects": [], "reason": "r"}                  | /objects          | 1
            POST /v1/runs                              | {"datasource": 7, "interval": "2026-01-01/2026-01-02"}             | /datasource       | string
            POST /v1/runs/{id}/cancel                  | {"reson": "r"}                                                     | ``                | reson
            POST /v1/plan                              | {"definitions": []}                                                | /definitions      | 1
            POST /v1/plan                              | {"definitions": ["a"], "objects": [{"bucket": "b", "key": ""}]}    | /objects/0/key    | 1
            POST /v1/definitions/{datasource}/rollback | {"reason": "r", "to": 0}                                           | /to               | 1
            POST /v1/retention/plan                    | {"cluster": true}                                                  | /cluster          | string
            POST /v1/retention/sweeps                  | {"datasource": "a", "reason": "r", "mostShare": 2}                 | /mostShare        | 1
            """)
    void namesThePlaceOfAMistake(String operation, String body, String pointer, String word) {
        // When
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> bodies.read(request(operation, body)));

        // Then
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.findings()).anySatisfy(finding -> {
            assertThat(finding.pointer()).isEqualTo(pointer);
            assertThat(finding.message()).contains(word);
        });
        assertThat(refused).hasMessageContaining(pointer).hasMessageContaining(word);
    }

    @Test
    void namesTheNearestKey() {
        // When
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> bodies.read(request("POST /v1/runs/{id}/cancel", "{\"reson\": \"r\"}")));

        // Then
        assertThat(refused.findings()).extracting(Finding::suggestion).containsExactly("reason");
    }

    @Test
    void wantsObjectsOrAnIntervalAndNotBoth() {
        // Given
        String both =
                "{\"datasource\": \"a\", \"interval\": \"2026-01-01/2026-01-02\", \"objects\": [{\"bucket\": \"b\", \"key\": \"k\"}]}";

        // Then
        assertThatThrownBy(() -> bodies.read(request("POST /v1/runs", both)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The body is not valid: exactly one of 'objects' and 'interval' is needed");
        assertThatThrownBy(() -> bodies.read(request("POST /v1/runs", "{\"datasource\": \"a\"}")))
                .isInstanceOf(ProblemException.class)
                .hasMessage("The body is not valid: exactly one of 'objects' and 'interval' is needed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"a": 1, "a": 2} | Duplicate
            {"a": 1} x       | x
            [1]              | object
            not json         | not JSON
            """)
    void refusesWhatIsNotOneJsonObject(String body, String word) {
        assertThatThrownBy(() -> bodies.read(request("POST /v1/runs", body)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(word);
    }

    @Test
    void readsAnEmptyBodyAsAnEmptyObject() {
        assertThat(bodies.read(request("POST /v1/runs/{id}/cancel", "")).text("reason"))
                .isEmpty();
    }

    @Test
    void readsTheValues() {
        // When
        JsonBody body = bodies.read(request(
                "POST /v1/definitions/{datasource}/rollback", "{\"reason\": \"r\", \"to\": 3, \"data\": true}"));

        // Then
        assertThat(body.required("reason")).isEqualTo("r");
        assertThat(body.number("to")).hasValue(3);
        assertThat(body.flag("data")).isTrue();
        assertThat(body.list("objects")).isEmpty();
        assertThat(body.share("mostShare")).isEmpty();
    }

    /** A typo in a $ref of the document would show with the first call only. */
    @ParameterizedTest
    @MethodSource("operationsWithJsonBodies")
    void everyOperationHasASchemaThatCanBeRead(String operation) {
        assertThat(catchThrowableOfType(
                        RuntimeException.class, () -> bodies.read(request(operation, "{\"no such key\": 1}"))))
                .satisfiesAnyOf(thrown -> assertThat(thrown).isNull(), thrown -> assertThat(thrown)
                        .isInstanceOf(ProblemException.class));
    }

    static List<String> operationsWithJsonBodies() throws IOException {
        List<String> operations = new ArrayList<>();
        JsonNode document =
                new YAMLMapper().readTree(Path.of("infra/api/openapi.yaml").toFile());
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(operation ->
                        operation.getValue().at("/requestBody/content").has("application/json"))
                .forEach(operation -> operations.add(operation.getKey().toUpperCase() + " " + path.getKey())));
        assertThat(operations).hasSizeGreaterThan(5);
        return operations;
    }

    private static Request request(String operation, String body) {
        String[] parts = operation.split(" ");
        Route route = new Route(parts[0], parts[1], Role.READ, call -> Answer.ok(null));
        return new Request("id", route, Caller.of("user", List.of()), Map.of(), Map.of(), Map.of(), body);
    }
}
