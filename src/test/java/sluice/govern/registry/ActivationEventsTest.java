package sluice.govern.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;

class ActivationEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

    private final ActivationEvents events =
            new ActivationEvents(new ObjectMapper(), EventSource.named("/sluice/test/gate"));

    @ParameterizedTest
    @EnumSource(Activation.Kind.class)
    void everyMoveOfThePointerHasAnEventThatKeepsItsSchema(Activation.Kind kind) throws IOException {
        // Given
        Active next = new Active("wikipedia", 2, "a".repeat(64), 3, 5);
        Activation move = new Activation(3, kind, 2, 5, "alice", "it was better", NOON);

        // When
        CloudEvent event = events.of(next, move);

        // Then
        String schema = Files.readString(Path.of("infra/events/schemas", event.type() + ".json"));
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(schema)
                        .validate(event.data()))
                .isEmpty();
        assertThat(schema).contains(event.dataschema());
        assertThat(event.subject()).isEqualTo("wikipedia");
        assertThat(event.id()).isEqualTo(events.of(next, move).id());
    }
}
