package sluice.entry.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.govern.settings.FileDefinitions;
import sluice.ingest.follow.RunFollowUp;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.simulation.BeanClasses;
import sluice.simulation.Beans;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.druid.InMemoryDruids;
import sluice.upkeep.compaction.CompactionWatch;

class PollFunctionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryStateTable table = new InMemoryStateTable(clock);

    @Test
    void eventsComeFirstThenRunsThenWhatDependsOnTheirEnd() {
        // When
        List<String> order = byPriority(DueItemHandler.class);

        // Then
        assertThat(order)
                .containsExactly(
                        "Outbox",
                        "RunFollower",
                        "RollbackSteps",
                        "ChunkWaking",
                        "Compactor",
                        "CompactionWatch",
                        "ReconciliationSteps");
    }

    /** One class is in both lists and has one priority. */
    @Test
    void aRunIsRolledBackBeforeItIsCompactedAndTaggedLast() {
        // When
        List<String> order = byPriority(RunFollowUp.class);

        // Then
        assertThat(order).containsExactly("AutomaticRollback", "Compactor", "LoadedObjects");
    }

    @Test
    void allHandlersGetWhatIsDueAlsoAfterOneThatFails() {
        // Given
        table.put(Item.at(new Key("item#1", "item")).due("item#1", NOON.minusSeconds(1)));
        List<String> handled = new ArrayList<>();
        PollFunction poll = poll(
                (due, deadline) -> {
                    handled.add("first");
                    throw new IllegalStateException("first");
                },
                (due, deadline) -> handled.add(due.size() + " until " + deadline));

        // When
        assertThatThrownBy(poll::poll).hasMessage("first");

        // Then
        assertThat(handled).containsExactly("first", "1 until " + NOON.plus(Duration.ofSeconds(45)));
    }

    @Test
    void noHandlerIsAskedWhenNothingIsDue() {
        // Given
        table.put(Item.at(new Key("item#1", "item")).due("item#1", NOON.plusSeconds(1)));
        PollFunction poll = poll((due, deadline) -> {
            throw new AssertionError("nothing is due");
        });

        // When
        Polled polled = poll.poll();

        // Then
        assertThat(polled.due()).isZero();
    }

    private PollFunction poll(DueItemHandler... handlers) {
        Beans beans = new Beans(Map.of())
                .with(Clock.class, clock)
                .with(ObjectMapper.class, new ObjectMapper())
                .with(StateTable.class, table)
                .with(EventBus.class, new InMemoryEventBus())
                .with(ObjectStore.class, new InMemoryObjectStore(clock))
                .with(DruidClusters.class, new InMemoryDruids());
        return new PollFunction(
                table,
                List.of(handlers),
                beans.get(FileDefinitions.class),
                beans.get(CompactionWatch.class),
                new FirstTick(),
                clock,
                DefaultSettings.of(PollSettings.class));
    }

    /** Each needs a priority of its own: without one the order is nobody's. */
    private static List<String> byPriority(Class<?> type) {
        List<? extends Class<?>> beans = BeanClasses.byPriority(type);
        assertThat(beans)
                .extracting(BeanClasses::priority)
                .doesNotHaveDuplicates()
                .doesNotContain(0);
        return beans.stream().map(Class::getSimpleName).toList();
    }
}
