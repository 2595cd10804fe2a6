package sluice.govern.streams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.govern.GovernWorld;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

class MessageSamplingTest {

    private static final String STREAM =
            "stream: [{type: kafka, topic: edits, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]";
    private static final String TEXT = GovernWorld.text("wiki", STREAM);
    private static final Duration NEXT = Duration.ofMinutes(61);
    private static final String EARLIER = "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"user\": \"ada\"}";
    private static final String LATER =
            "{\"time\": \"2026-02-01\", \"channel\": \"en\", \"user\": \"ada\", \"page\": \"Kafka\"}";

    private final GovernWorld world = new GovernWorld();
    private final List<JsonNode> requests = new ArrayList<>();

    MessageSamplingTest() {
        arrives(EARLIER);
        world.apply(TEXT);
        for (int tick = 0; tick < 3; tick++) {
            world.tickAfter(Duration.ofMinutes(1));
        }
    }

    /** Lets the sampler read one such message, or none for null. */
    private void arrives(String message) {
        world.druid().sampler(request -> {
            requests.add(request);
            return json(message == null ? "{\"data\": []}" : "{\"data\": [{\"parsed\": " + message + "}]}");
        });
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    private List<Finding> drift() {
        Definition definition = world.read(TEXT);
        return world.bean(StreamViews.class).of(definition).get(0).drift();
    }

    @Test
    void whatTheFirstSampleHasIsKnown() {
        // Then
        assertThat(requests).hasSize(1);
        assertThat(drift()).isNull();
        assertThat(world.events("sluice.stream.drifted")).isEmpty();
    }

    @Test
    void theSamplerGetsTheWholeSupervisorAndReadsNewMessagesOnly() {
        // Then
        JsonNode request = requests.get(0);
        assertThat(request.path("type").asText()).isEqualTo("kafka");
        assertThat(request.at("/spec/type").asText()).isEqualTo("kafka");
        assertThat(request.at("/spec/spec/ioConfig/topic").asText()).isEqualTo("edits");
        assertThat(request.at("/spec/spec/ioConfig/useEarliestOffset").asBoolean(true))
                .isFalse();
        assertThat(request.at("/spec/spec/dataSchema/dimensionsSpec/useSchemaDiscovery")
                        .asBoolean())
                .isTrue();
        assertThat(request.at("/samplerConfig/timeoutMs").asInt()).isEqualTo(5_000);
    }

    @Test
    void aNewColumnIsToldOnceAndShownUntilTheDefinitionMentionsIt() {
        // Given
        arrives(LATER);

        // When
        world.tickAfter(NEXT).tickAfter(NEXT).tickAfter(NEXT);

        // Then
        assertThat(drift())
                .extracting(Finding::message)
                .containsExactly("The messages have a new column 'page' (STRING), which is not loaded");
        assertThat(world.events("sluice.stream.drifted")).hasSize(1);
        CloudEvent event = world.last("sluice.stream.drifted").orElseThrow();
        assertThat(event.subject()).isEqualTo("main/wiki");
        assertThat(event.data().at("/findings/0/message").asText()).contains("'page'");

        // When
        world.apply(TEXT.replace("[channel]", "[channel, page]"));
        world.tickAfter(NEXT);

        // Then
        assertThat(drift()).isNull();
        assertThat(world.events("sluice.stream.drifted")).hasSize(1);
    }

    @Test
    void aQuietTopicChangesNothing() {
        // Given
        arrives(LATER);
        world.tickAfter(NEXT);
        arrives(null);

        // When
        world.tickAfter(NEXT);

        // Then
        assertThat(drift()).hasSize(1);
    }

    @Test
    void aClusterThatDoesNotRespondIsAskedAgainAtTheNextTurn() {
        // Given
        arrives(LATER);
        world.druid()
                .faults((call, subject) -> call == DruidCall.SAMPLE
                        ? Optional.of(new CallFault.Refused(DruidException.Code.TIMED_OUT))
                        : Optional.empty());

        // When
        world.tickAfter(NEXT);
        world.druid().faults(CallFaults.NONE);
        world.tickAfter(Duration.ofMinutes(1));
        List<Finding> soon = drift();
        world.tickAfter(NEXT);

        // Then
        assertThat(soon).isNull();
        assertThat(drift()).hasSize(1);
    }

    @Test
    void manyStreamsAreSampledOneAtATime() {
        // Given
        for (int number = 0; number < 5; number++) {
            world.apply(GovernWorld.text("wiki" + number, STREAM.replace("edits", "edits" + number)));
        }
        world.tickAfter(NEXT);
        requests.clear();

        // When: an hour passes
        for (int minute = 0; minute < 60; minute++) {
            world.tickAfter(Duration.ofMinutes(1));
        }

        // Then: every stream has had its turn, once
        assertThat(requests).hasSizeBetween(5, 7);
        assertThat(requests)
                .extracting(request -> request.at("/spec/spec/ioConfig/topic").asText())
                .contains("edits", "edits0", "edits1", "edits2", "edits3", "edits4");
    }
}
