package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.json.Change;
import sluice.core.plan.Setting;
import sluice.core.plan.SettingChange;
import sluice.core.plan.SettingsOperation;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

class SettingsEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    private static final SettingChange CHANGE = SettingChange.of(new SettingsOperation.Restart(
            new Setting(Setting.Kind.SUPERVISOR, "wikipedia"),
            JsonNodeFactory.instance.objectNode(),
            List.of(new Change(
                    Change.Kind.REPLACED, "/spec/ioConfig/taskCount", IntNode.valueOf(1), IntNode.valueOf(2))),
            JsonNodeFactory.instance.objectNode()));

    static Stream<CloudEvent> events() {
        SettingsEvents events = new SettingsEvents(
                JsonMapper.builder().findAndAddModules().build(), EventSource.named("/sluice/test/poll"));
        Reconciliation alignment = new Reconciliation(
                "wikipedia",
                3,
                2,
                "a".repeat(64),
                "alice",
                NOON,
                Reconciliation.Phase.ALIGNED,
                List.of(new OnCluster(
                        "main",
                        "coordinator",
                        List.of(CHANGE),
                        List.of(new Watched("wikipedia", Watched.State.FAILED, "UNABLE_TO_CONNECT_TO_STREAM", "why")),
                        List.of("a problem"),
                        null)),
                0,
                NOON,
                null);
        return Stream.of(
                events.ended(EventType.DEFINITION_ALIGNED, alignment, NOON),
                events.ended(EventType.DEFINITION_MISALIGNED, alignment, NOON),
                events.drifted(alignment, "main", List.of(CHANGE), NOON));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventKeepsItsSchema(CloudEvent event) throws IOException {
        // Given
        String schema = Files.readString(Path.of("infra/events/schemas", event.type() + ".json"));

        // When
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(event.data());

        // Then
        assertThat(errors).isEmpty();
        assertThat(schema).contains(event.dataschema());
    }
}
