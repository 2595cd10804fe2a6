package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;

import org.junit.jupiter.api.Test;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

class SweptEventsTest {

    private final SweptEvents events = new UpkeepFixture().bean(SweptEvents.class);

    @Test
    void theEventHasTheReportWithoutItsLongParts() {
        // When
        CloudEvent event = events.of(Reports.report("main", 1, NOW, Mode.ACT, Phase.DONE, "run-1"));

        // Then
        assertThat(event.type()).isEqualTo(EventType.RETENTION_SWEPT.wireName());
        assertThat(event.subject()).isEqualTo("main/wiki");
        assertThat(event.data().path("mode").asText()).isEqualTo("ACT");
        assertThat(event.data().at("/found/0/amount/segments").asInt()).isEqualTo(1);
        assertThat(event.data().at("/found/0").has("intervals")).isFalse();
        assertThat(event.data().at("/kills/0/runId").asText()).isEqualTo("run-1");
        assertThat(event.data().at("/kills/0").has("versions")).isFalse();
        assertThat(event.data().has("rules")).isFalse();
        assertThat(event.data().has("advice")).isFalse();
        assertThat(event.data().has("phase")).isFalse();
    }

    @Test
    void aRepeatedEventIsTheSameEvent() {
        // Given
        SweepReport report = Reports.report("main", 1, NOW, Mode.ACT, Phase.DONE);

        // Then
        assertThat(events.of(report).id()).isEqualTo(events.of(report).id());
        assertThat(events.of(report).id())
                .isNotEqualTo(events.of(Reports.report("main", 2, NOW, Mode.ACT, Phase.DONE))
                        .id());
    }
}
