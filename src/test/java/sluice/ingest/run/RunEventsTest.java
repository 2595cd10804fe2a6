package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.run.RunExamples.MAPPER;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

class RunEventsTest {

    private static final Path SCHEMAS = Path.of("infra/events/schemas");

    private final RunEvents events = new RunEvents(MAPPER, EventSource.named("/sluice/test/poll"));

    static Stream<RunState> announced() {
        return RunExamples.states().stream().filter(state -> state.event() != null);
    }

    @ParameterizedTest
    @MethodSource("announced")
    void everyEventKeepsItsSchema(RunState state) throws IOException {
        // Given
        String schema = Files.readString(SCHEMAS.resolve(state.event().wireName() + ".json"));

        // When
        CloudEvent event = events.of(RunExamples.run(state), state);

        // Then
        var checker = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema);
        assertThat(checker.validate(event.data())).isEmpty();
        assertThat(MAPPER.readTree(schema).path("$id").asText()).isEqualTo(event.dataschema());
    }

    @ParameterizedTest
    @MethodSource("announced")
    void theCloudEventsSdkReadsEveryEvent(RunState state) throws IOException {
        // Given
        CloudEvent event = events.of(RunExamples.run(state), state);

        // When
        io.cloudevents.CloudEvent read = Objects.requireNonNull(
                        EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE))
                .deserialize(MAPPER.writeValueAsBytes(event));

        // Then
        assertThat(read.getId()).isEqualTo(event.id());
        assertThat(read.getType()).isEqualTo(state.event().wireName());
        assertThat(read.getSource()).hasToString("/sluice/test/poll");
        assertThat(read.getSubject()).isEqualTo("main/wikipedia");
        assertThat(Objects.requireNonNull(read.getTime()).toInstant()).isEqualTo(state.since());
        JsonNode data = MAPPER.readTree(Objects.requireNonNull(read.getData()).toBytes());
        assertThat(data).hasToString(event.data().toString());
    }

    @Test
    void anEventOfTheSameFactHasTheSameIdAndOneOfAnotherAttemptHasNot() {
        // Given
        RunState.Planned planned = new RunState.Planned(RunExamples.NOON);
        Run run = RunExamples.run(planned);

        // When
        String id = events.of(run, planned).id();

        // Then
        assertThat(events.of(run.written(), planned).id()).isEqualTo(id);
        assertThat(events.of(run.nextAttempt(planned), planned).id()).isNotEqualTo(id);
    }

    @Test
    void everyTypeHasASchemaAndEverySchemaAType() throws IOException {
        // When
        List<String> schemas;
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            schemas = files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .toList();
        }

        // Then
        assertThat(schemas)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(EventType.values())
                        .map(EventType::wireName)
                        .toList());
    }
}
