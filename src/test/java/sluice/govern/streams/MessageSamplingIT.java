package sluice.govern.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.govern.GovernWorld;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.lambda.Json;

/** The sampler of a real Druid, on messages that arrive at a real Kafka while it reads. */
@ExtendWith(SandboxExtension.class)
class MessageSamplingIT {

    private static final String TOPIC = "sampled";
    private static final Duration NEXT = Duration.ofMinutes(61);
    private static final String EARLIER = "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"user\": \"ada\"}";
    private static final String LATER =
            "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"user\": \"ada\", \"page\": \"Kafka\"}";

    private volatile String message = EARLIER;

    @Test
    void aNewColumnOfMessagesIsTold(Sandbox sandbox) {
        // Given: the first sample has the columns that count as known
        sandbox.kafka().send(TOPIC, List.of(EARLIER));
        GovernWorld world = new GovernWorld();
        world.druid().sampler(request -> sampleWhileMessagesArrive(sandbox, request));
        String text = GovernWorld.text(
                "sampled",
                "stream: [{type: kafka, topic: %s, consumerProperties: {bootstrap.servers: \"%s\"}}]"
                        .formatted(TOPIC, sandbox.kafka().bootstrapServers()));
        world.apply(text);
        for (int tick = 0; tick < 3; tick++) {
            world.tickAfter(Duration.ofMinutes(1));
        }
        assertThat(drift(world, text)).isNull();

        // When
        message = LATER;
        world.tickAfter(NEXT);

        // Then
        assertThat(drift(world, text))
                .extracting(Finding::message)
                .containsExactly("The messages have a new column 'page' (STRING), which is not loaded");
        assertThat(world.events("sluice.stream.drifted")).hasSize(1);
    }

    /** The sampler begins at the end of the topic, so a message counts only if it comes while it reads. */
    private JsonNode sampleWhileMessagesArrive(Sandbox sandbox, JsonNode request) {
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        sender.scheduleWithFixedDelay(
                () -> sandbox.kafka().send(TOPIC, List.of(message)), 0, 300, TimeUnit.MILLISECONDS);
        try {
            HttpResponse<String> answer = sandbox.druid().post("/druid/indexer/v1/sampler", request.toString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode sample = Json.read(answer.body());
            assertThat(sample.path("numRowsRead").asInt()).isPositive();
            return sample;
        } finally {
            sender.shutdownNow();
        }
    }

    private static List<Finding> drift(GovernWorld world, String text) {
        Definition definition = world.read(text);
        return world.bean(StreamViews.class).of(definition).get(0).drift();
    }
}
