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
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sluice.govern.settings.FileDefinitions;
import sluice.ingest.follow.RunFollowUp;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.InvocationTime;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Pause;
import sluice.platform.state.PollSettings;
import sluice.platform.state.StateTable;
import sluice.platform.state.TickLease;
import sluice.platform.state.TickRequests;
import sluice.simulation.BeanClasses;
import sluice.simulation.Beans;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.Intercepted;
import sluice.simulation.ManualClock;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;
import sluice.simulation.druid.InMemoryDruids;
import sluice.upkeep.compaction.CompactionWatch;

class PollFunctionTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryStateTable table = new InMemoryStateTable(clock);
    private final InMemoryEventBus bus = new InMemoryEventBus();

    @Test
    void eventsComeFirstThenRunsThenWhatDependsOnTheirEnd() {
        // When
        List<String> order = byPriority(DueItemHandler.class);

        // Then
        assertThat(order)
                .containsExactly(
                        "DueItemMetrics",
                        "Outbox",
                        "RunFollower",
                        "SettingsRefresh",
                        "RollbackSteps",
                        "Restores",
                        "ChunkWaking",
                        "StreamOperationSteps",
                        "Compactor",
                        "StreamWatch",
                        "CompactionWatch",
                        "FreshnessWatch",
                        "ReconciliationSteps",
                        "BackfillSteps",
                        "MessageSampling");
    }

    /** One class is in both lists and has one priority. */
    @Test
    void aRunIsRolledBackBeforeItIsCompactedAndTaggedLast() {
        // When
        List<String> order = byPriority(RunFollowUp.class);

        // Then
        assertThat(order)
                .containsExactly("AutomaticRollback", "Compactor", "SparedObjects", "ChangedObjects", "LoadedObjects");
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

    @Test
    void anIdleTickCostsOneRead() {
        // Given
        List<TableCall.Kind> calls = new ArrayList<>();
        table.observer(new TableObserver() {
            @Override
            public void before(TableCall call) {
                calls.add(call.kind());
            }
        });

        // When
        poll(fails("nothing is due")).poll();

        // Then
        assertThat(calls).containsExactly(TableCall.Kind.DUE);
    }

    @Test
    void aTickGoesOnUntilWhatIsDueSoonIsHandled() {
        // Given
        put("item#1", NOON.plusSeconds(20));
        List<Instant> handled = new ArrayList<>();
        PollFunction poll = poll(new Ticking(items -> {
            handled.add(clock.instant());
            items.forEach(item -> table.remove(Key.of(item)));
        }));

        // When
        poll.poll();

        // Then
        assertThat(handled).singleElement().satisfies(time -> assertThat(Duration.between(NOON.plusSeconds(20), time))
                .isBetween(Duration.ZERO, Duration.ofSeconds(1)));
        assertThat(clock.instant()).isBefore(NOON.plusSeconds(25));
    }

    @Test
    void aTickReadsWhatIsDueAndNotWhatBecomesDue() {
        // Given
        int running = 10_000;
        for (int number = 0; number < running; number++) {
            put("item#" + number, NOON.plusMillis(6L * number));
        }
        List<Integer> read = new ArrayList<>();
        PollFunction poll = poll(
                countingReads(read),
                new Ticking(items -> items.forEach(item ->
                        table.put(item.due(Key.of(item).pk(), clock.instant().plusSeconds(60))))));

        // When
        poll.poll();

        // Then
        int rounds = read.size();
        assertThat(rounds).isGreaterThan(20);
        assertThat(read.stream().mapToInt(Integer::intValue).sum()).isLessThan(running + rounds * StateTable.GLANCE);
    }

    @Test
    void aTickEndsInTimeAndAsksForAnother() {
        // Given
        put("item#1", NOON.plusSeconds(1));
        PollFunction poll =
                poll(new Ticking(items -> put("item#1", clock.instant().plusSeconds(1))));

        // When
        poll.poll();

        // Then
        assertThat(clock.instant()).isBetween(NOON.plusSeconds(45), NOON.plusSeconds(48));
        assertThat(bus.taken()).extracting(CloudEvent::type).containsExactly("sluice.poll.requested");
        assertThat(new TickLease(table, clock).isHeld()).isTrue();
    }

    @Test
    void aTickDoesNotGoOnForWhatHasTimeUntilTheNextOne() {
        // Given
        put("item#1", NOON.plusSeconds(20));
        PollFunction poll = poll(fails("it is not due"));

        // When
        poll.poll();

        // Then
        assertThat(clock.instant()).isEqualTo(NOON);
    }

    @Test
    void aSecondTickLeavesTheItemsToTheFirst() {
        // Given
        put("item#1", NOON.minusSeconds(1));
        new TickLease(table, clock).isHeld();
        PollFunction poll = poll(new Ticking(items -> {
            throw new AssertionError("another tick has them");
        }));

        // When
        Polled polled = poll.poll();

        // Then
        assertThat(polled.due()).isEqualTo(1);
    }

    /** Notes how many items each read of what is due returns. */
    private StateTable countingReads(List<Integer> read) {
        return Intercepted.of(StateTable.class, table, (name, arguments, original) -> {
            Object answer = original.call(arguments);
            if (name.equals("StateTable.due")) {
                read.add(((List<?>) answer).size());
            }
            return answer;
        });
    }

    private void put(String id, Instant due) {
        table.put(Item.at(new Key(id, "item")).due(id, due));
    }

    private static DueItemHandler fails(String message) {
        return (due, deadline) -> {
            throw new AssertionError(message);
        };
    }

    /** Handles items for which a tick goes on. */
    private record Ticking(Consumer<List<Item>> work) implements DueItemHandler {

        @Override
        public void handle(List<Item> due, Instant deadline) {
            work.accept(due);
        }

        @Override
        public boolean keepsTicking(Item item) {
            return true;
        }
    }

    private PollFunction poll(DueItemHandler... handlers) {
        return poll(table, handlers);
    }

    private PollFunction poll(StateTable seen, DueItemHandler... handlers) {
        Beans beans = new Beans(Map.of("sluice.bus", "sluice"))
                .with(Clock.class, clock)
                .with(ObjectMapper.class, new ObjectMapper())
                .with(StateTable.class, table)
                .with(EventBus.class, bus)
                .with(ObjectStore.class, new InMemoryObjectStore(clock))
                .with(DruidClusters.class, new InMemoryDruids())
                .with(Pause.class, clock::advance);
        Tick tick = new Tick(
                seen,
                List.of(handlers),
                new TickLease(table, clock),
                beans.get(TickRequests.class),
                beans.get(Pause.class),
                clock,
                DefaultSettings.of(PollSettings.class));
        return new PollFunction(
                tick,
                List.of(beans.get(FileDefinitions.class), beans.get(CompactionWatch.class)),
                new FirstTick(),
                beans.get(InvocationTime.class),
                clock,
                DefaultSettings.of(PollSettings.class),
                beans.get(InvocationFrame.class));
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
