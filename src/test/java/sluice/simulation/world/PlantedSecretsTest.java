package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.gate.ApiGatewayRequest;
import sluice.entry.gate.Gate;
import sluice.ingest.DefinitionText;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.event.CloudEvent;
import sluice.simulation.Beans;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;

/**
 * Secrets are planted wherever a person can put one, and Druid quotes them in all that it says. Table, events, logs and answers
 * are searched for their values after each path.
 */
class PlantedSecretsTest {

    private static final String KAFKA = "hunter2-\"kafka\\x";
    private static final String REGISTRY = "hunter2-registry:user";

    private final World world = new World(Map.of(
            "sluice.secrets", "KAFKA_PASSWORD=/kafka#password,REGISTRY=/registry",
            "sluice.reach", "address=https://registry*",
            "sluice.gate.open", "true"));
    private final List<String> answers = new ArrayList<>();
    private final List<String> logs = new ArrayList<>();
    private final Logger logger = Logger.getLogger("sluice");
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            StringBuilder line = new StringBuilder(entry.getMessage() + " " + MDC.getMap());
            for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
                line.append(' ').append(cause);
            }
            logs.add(line.toString());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void plantSecretsAndWatchLogs() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
        world.secrets()
                .holds(
                        "/kafka",
                        Beans.MAPPER.createObjectNode().put("password", KAFKA).toString())
                .holds("/registry", REGISTRY);
        world.druid().quotes(true);
    }

    @AfterEach
    void unwatch() {
        logger.removeHandler(handler);
        logger.setLevel(Level.OFF);
    }

    private static String definition(String... more) {
        DefinitionText text = new DefinitionText("wiki")
                .batch(
                        "inputFormat",
                        "{type: protobuf, protoBytesDecoder: {type: schema_registry, url: 'https://registry',"
                                + " config: {basic.auth.user.info: '${REGISTRY}'}, headers: {x-api-key: '${REGISTRY}'}}}")
                .batch("partitions", "{type: dynamic}")
                .part(
                        "stream",
                        "[{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"k:9092\","
                                + " sasl.jaas.config: 'org.apache.kafka.common.security.plain.PlainLoginModule required password=\"${KAFKA_PASSWORD}\";',"
                                + " ssl.key.password: '${KAFKA_PASSWORD}'}}]");
        for (int index = 0; index < more.length; index += 2) {
            text.part(more[index], more[index + 1]);
        }
        return text.toString();
    }

    private void upload() {
        world.upload("wiki/dt=2026-02-01/a.pb", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 10));
    }

    private String call(String method, String path, String accept, String body) {
        ApiGatewayRequest request = new ApiGatewayRequest(
                path,
                Map.of("content-type", "application/yaml", "accept", accept),
                Map.of(),
                new ApiGatewayRequest.RequestContext("call-1", "prod", new ApiGatewayRequest.Http(method), null),
                body,
                false);
        String answer = world.bean("gate", Gate.class).handle(request).body();
        answers.add(method + " " + path + ": " + answer);
        return answer;
    }

    /** Everything that a person could read. */
    private List<String> everything() {
        List<String> all = new ArrayList<>(answers);
        all.addAll(logs);
        world.table().items().forEach(item -> all.add(item.toString()));
        world.table().items().forEach(item -> item.attributes().keySet().forEach(name -> item.compressed(name)
                .ifPresent(all::add)));
        world.events().forEach(event -> all.add(event.data().toString()));
        all.add(world.story().toString());
        return all;
    }

    private void assertThatNothingLeaks() {
        assertThat(everything()).hasSizeGreaterThan(3).allSatisfy(text -> assertThat(text)
                .doesNotContain("hunter2"));
    }

    /** Otherwise the search would find nothing because nothing was there. */
    private void assertThatDruidHas(String secret) {
        assertThat(world.druid().given())
                .anySatisfy(document -> assertThat(document).contains(secret));
    }

    private void readAll() {
        call("GET", "/v1/definitions", "application/json", null);
        call("GET", "/v1/definitions/wiki", "application/json", null);
        call("GET", "/v1/definitions/wiki/versions/1", "application/json", null);
        call("GET", "/v1/definitions/wiki/history", "application/json", null);
        call("GET", "/v1/definitions/wiki/alignment", "application/json", null);
        call("GET", "/v1/clusters", "application/json", null);
        String runs = call("GET", "/v1/runs", "application/json", null);
        try {
            Beans.MAPPER
                    .readTree(runs)
                    .path("runs")
                    .forEach(run -> call("GET", "/v1/runs/" + run.path("id").asText(), "application/json", null));
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void aDefinitionThatWorks() {
        // Given
        call("PUT", "/v1/definitions/wiki", "application/json", definition());
        upload();

        // When
        world.settle(20);
        readAll();
        for (String accept : List.of("application/json", "text/markdown", "application/sarif+json")) {
            call("POST", "/v1/lint", accept, definition("drift", "fail"));
            call("POST", "/v1/plan", accept, definition("drift", "fail"));
        }

        // Then
        assertThat(world.druid().servedRows("wiki"))
                .as(world.story().toString())
                .hasSize(1);
        assertThatDruidHas("hunter2-registry");
        assertThatDruidHas("hunter2-\\\"kafka");
        assertThat(everything()).as("the stored definition").anySatisfy(text -> assertThat(text)
                .contains("${KAFKA_PASSWORD}"));
        assertThat(everything()).as("the stored spec").anySatisfy(text -> assertThat(text)
                .contains("${secret:REGISTRY}"));
        assertThatNothingLeaks();
    }

    @Test
    void aFileOfDefinitions() {
        // Given
        world.define("wiki", definition());
        upload();

        // When
        world.settle(20);
        readAll();

        // Then
        assertThat(world.druid().servedRows("wiki"))
                .as(world.story().toString())
                .hasSize(1);
        assertThatDruidHas("hunter2-\\\"kafka");
        assertThatNothingLeaks();
    }

    @Test
    void aTaskThatFailsAndASupervisorThatDoes() {
        // Given
        world.druid().fates(task -> Fate.FAILS);
        world.define("wiki", definition());
        upload();
        world.druid()
                .supervisorStatus(
                        "wiki",
                        new SupervisorStatus("UNHEALTHY_SUPERVISOR", "CREATING_TASKS", false, List.of("Broken")));

        // When
        world.settle(40);
        readAll();

        // Then
        assertThat(everything()).anySatisfy(text -> assertThat(text).contains("${secret:REGISTRY}"));
        assertThat(everything()).anySatisfy(text -> assertThat(text).contains("Broken"));
        assertThatDruidHas("hunter2-registry");
        assertThatNothingLeaks();
    }

    @Test
    void aSpecThatDruidRefuses() {
        // Given
        world.druid().refusals(document -> Optional.of("Cannot construct instance"));
        call("PUT", "/v1/definitions/wiki", "application/json", definition());
        upload();

        // When
        world.settle(20);
        readAll();

        // Then
        assertThat(everything())
                .anySatisfy(text -> assertThat(text).contains("Cannot construct instance", "${secret:"));
        assertThatNothingLeaks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drift", "compatibility", "note", "password"})
    void aSecretWhereItDoesNotBelong(String key) {
        // Given
        String text = definition(key, "'${KAFKA_PASSWORD}'");
        world.define("wiki", text);

        // When
        world.settle(3);
        for (String accept : List.of("application/json", "text/markdown", "application/sarif+json")) {
            call("POST", "/v1/lint", accept, text);
            call("POST", "/v1/plan", accept, text);
        }
        call("PUT", "/v1/definitions/wiki", "application/json", text);

        // Then
        assertThat(answers).allSatisfy(answer -> assertThat(answer).contains("is a secret"));
        assertThatNothingLeaks();
    }

    @Test
    void aSecretThatCannotBeRead() {
        // Given
        world.secrets().loses("/registry");
        world.define("wiki", definition());
        upload();

        // When
        world.settle(10);
        readAll();

        // Then
        assertThat(world.druid().usedSegments("wiki")).isEmpty();
        assertThat(everything()).anySatisfy(text -> assertThat(text).contains("/registry"));
        assertThatNothingLeaks();
    }

    @Test
    void aSecretThatIsRotatedIsDriftThatAnApplyCorrects() {
        // Given
        call("PUT", "/v1/definitions/wiki", "application/json", definition());
        world.settle(3);
        world.secrets().holds("/kafka", "{\"password\": \"hunter2-rotated\"}");
        world.clock().advance(Duration.ofMinutes(20));
        world.settle(40);

        // When
        call("PUT", "/v1/definitions/wiki", "application/json", definition());
        world.settle(3);
        readAll();

        // Then
        assertThat(world.events()).extracting(CloudEvent::type).contains("sluice.definition.drifted");
        assertThatDruidHas("hunter2-rotated");
        assertThatNothingLeaks();
    }

    @Test
    void aSupervisorIsNotRestartedWhileItsSecretStays() {
        // Given
        world.define("wiki", definition());
        world.settle(3);
        long posted = supervisors();

        // When
        for (int hour = 0; hour < 5; hour++) {
            world.clock().advance(Duration.ofHours(1));
            world.settle(2);
        }

        // Then
        assertThat(posted).isPositive();
        assertThat(supervisors()).isEqualTo(posted);
    }

    /** How many supervisors Druid was given; samples of their messages are not. */
    private long supervisors() {
        return world.druid().given().stream()
                .filter(text -> !text.contains("samplerConfig"))
                .count();
    }
}
