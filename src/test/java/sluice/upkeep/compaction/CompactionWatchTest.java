package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventType;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.RecurringItem;
import sluice.simulation.InMemoryEventBus.Fate;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InMemoryDruid;
import sluice.upkeep.UpkeepFixture;

class CompactionWatchTest {

    private static final Duration PATIENCE = Duration.ofHours(6);
    private static final String NATIVE = "compaction: {engine: native}";

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final CompactionWatch watch = fixture.bean(CompactionWatch.class);
    private final CompactionProgressStore store = fixture.bean(CompactionProgressStore.class);

    @Test
    void theFirstCheckIsScheduledOnce() {
        // Given
        watch.afterTick();
        fixture.clock().advance(Duration.ofMinutes(1));

        // When
        watch.afterTick();
        RecurringItem ofAnotherProcess = new RecurringItem(fixture.table(), Key.compactionWatch(), "compactionWatch");
        ofAnotherProcess.begin(fixture.clock().instant(), () -> true);

        // Then
        assertThat(fixture.table().due(NOW, 10)).hasSize(1);
    }

    @Test
    void otherDueItemsAreNoReasonToCheck() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE);

        // When
        watch.handle(List.of(), NOW);
        watch.handle(List.of(Item.at(Key.run("run-1"))), NOW);

        // Then
        assertThat(fixture.table().items()).isEmpty();
    }

    @Test
    void aCheckSchedulesTheNext() {
        // When
        check();

        // Then
        assertThat(fixture.table().due(NOW.plus(Duration.ofMinutes(15)).minusSeconds(1), 10))
                .isEmpty();
        assertThat(fixture.table().due(NOW.plus(Duration.ofMinutes(15)), 10)).hasSize(1);
    }

    @Test
    void datasourcesThatAskForItAreWatched() {
        // Given
        fixture.define("wiki", List.of("main", "second", "elsewhere"), NATIVE).define("other", List.of("main"));
        compacts(fixture.main(), 1_000, 50);

        // When
        check();

        // Then
        assertThat(store.find("main", "wiki")).contains(CompactionProgress.begun(1_000, 50, NOW));
        assertThat(store.find("second", "wiki")).contains(CompactionProgress.begun(CompactionProgress.UNKNOWN, 0, NOW));
        assertThat(store.find("main", "other")).isEmpty();
    }

    @Test
    void noProgressIsReportedOnce() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE);
        compacts(fixture.main(), 1_000, 50);
        check();

        // When
        later(PATIENCE);
        later(PATIENCE);

        // Then
        assertThat(fixture.bus().taken()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(EventType.COMPACTION_STALLED.wireName());
            assertThat(event.subject()).isEqualTo("main/wiki");
            assertThat(event.data().path("since").asText()).isEqualTo(NOW.toString());
            assertThat(event.data().path("bytesAwaitingCompaction").asLong()).isEqualTo(1_000);
            assertThat(event.data().path("bytesCompacted").asLong()).isEqualTo(50);
            assertThat(event.data().path("scheduleStatus").asText()).isEqualTo("RUNNING");
        });
        assertThat(store.find("main", "wiki").orElseThrow().alarmed()).isTrue();
    }

    @Test
    void compactionByTheOverlordIsAskedOfTheOverlord() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE).define("quiet", List.of("main"), NATIVE);
        fixture.main().compactsBySupervisors(true);
        compacts(fixture.main(), 1_000, 50);
        check();

        // When
        later(PATIENCE);

        // Then
        assertThat(fixture.bus().taken()).extracting(CloudEvent::subject).containsExactly("main/wiki");
        assertThat(store.find("main", "quiet")).isEmpty();
    }

    @Test
    void progressEndsTheAlarm() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE);
        compacts(fixture.main(), 1_000, 50);
        check();
        later(PATIENCE);

        // When
        compacts(fixture.main(), 900, 150);
        later(Duration.ofMinutes(15));

        // Then
        assertThat(store.find("main", "wiki").orElseThrow().alarmed()).isFalse();
    }

    @Test
    void anEventThatTheBusDoesNotTakeIsSentAtTheNextCheck() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE);
        compacts(fixture.main(), 1_000, 50);
        check();
        fixture.bus().next(Fate.ANSWER_LOST);

        // When
        later(PATIENCE);
        later(Duration.ofMinutes(15));

        // Then
        assertThat(fixture.bus().taken()).extracting(CloudEvent::type).hasSize(2);
        assertThat(fixture.bus().taken())
                .extracting(CloudEvent::id)
                .containsOnly(fixture.bus().taken().get(0).id());
    }

    @Test
    void aDatasourceThatDruidDoesNotListIsReportedIfItHasData() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE).load(fixture.main(), "wiki", 3);
        check();

        // When
        later(PATIENCE);

        // Then
        assertThat(fixture.bus().taken()).singleElement().satisfies(event -> {
            assertThat(event.data().path("scheduleStatus").asText()).isEqualTo("NOT_LISTED");
            assertThat(event.data().path("bytesAwaitingCompaction").asLong()).isZero();
        });
    }

    @Test
    void anEmptyDatasourceHasNothingToCompact() {
        // Given
        fixture.define("wiki", List.of("main"), NATIVE);
        check();

        // When
        later(PATIENCE);

        // Then
        assertThat(fixture.bus().taken()).isEmpty();
        assertThat(store.find("main", "wiki").orElseThrow().since()).isEqualTo(NOW.plus(PATIENCE));
    }

    @Test
    void aClusterThatGivesNoAnswerDoesNotBlockTheOthers() {
        // Given
        fixture.define("wiki", List.of("main", "second"), NATIVE);
        CallFault down = new CallFault.Refused(DruidException.Code.UNAVAILABLE);
        fixture.main().faults((call, subject) -> call == DruidCall.COMPACTION ? Optional.of(down) : Optional.empty());

        // When
        check();

        // Then
        assertThat(store.find("main", "wiki")).isEmpty();
        assertThat(store.find("second", "wiki")).isPresent();
    }

    private void later(Duration time) {
        fixture.clock().advance(time);
        Instant now = fixture.clock().instant();
        watch.handle(fixture.table().due(now, 100), now.plusSeconds(30));
    }

    private void check() {
        watch.afterTick();
        later(Duration.ZERO);
    }

    private static void compacts(InMemoryDruid druid, long awaiting, long compacted) {
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("dataSource", "wiki");
        druid.settings().postCompaction("wiki", config, "a test", "a test");
        druid.compactionStatus(
                "wiki",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("dataSource", "wiki")
                        .put("scheduleStatus", "RUNNING")
                        .put("bytesAwaitingCompaction", awaiting)
                        .put("bytesCompacted", compacted));
    }
}
