package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.spec.SpecHints;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.platform.state.StateSettings;
import sluice.platform.state.TransactionCancelledException;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.TableCall;
import sluice.simulation.TableFailures;
import sluice.simulation.TableObserver;

class ChunkStoreTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final ChunkId ID = new ChunkId(
            new Feed("main", "wikipedia"),
            new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")));

    private final ManualClock clock = new ManualClock(NOON);
    private final TableFailures failures = new TableFailures();
    private final List<TableCall> calls = new ArrayList<>();
    private final InMemoryStateTable table = new InMemoryStateTable(clock).observer(new TableObserver() {
        @Override
        public void before(TableCall call) {
            calls.add(call);
            failures.before(call);
        }
    });
    private final ChunkStore chunks = new ChunkStore(table, clock, DefaultSettings.of(StateSettings.class));

    @Test
    void anArrivalBeginsToWait() {
        // When
        ChunkState touched = chunks.touch(ID, NOON.minusSeconds(3), SETTLE);

        // Then
        assertThat(touched)
                .isEqualTo(
                        new ChunkState(1, 0, List.of(), NOON.minusSeconds(3), NOON, null, null, null, null, List.of()));
        assertThat(touched.isPlanned()).isFalse();
        assertThat(due(NOON.plus(SETTLE))).containsExactly(ID);
        assertThat(due(NOON.plus(SETTLE).minusMillis(1))).isEmpty();
    }

    @Test
    void aFurtherArrivalMakesItWaitAnew() {
        // Given
        chunks.touch(ID, NOON, SETTLE);
        clock.advance(Duration.ofSeconds(50));

        // When
        chunks.touch(ID, NOON.plusSeconds(9), SETTLE);

        // Then
        ChunkState state = found();
        assertThat(state.generation()).isEqualTo(2);
        assertThat(state.waitingSince()).isEqualTo(NOON);
        assertThat(state.lastEventAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(due(NOON.plus(SETTLE))).isEmpty();
    }

    @Test
    void anArrivalThatComesLateDoesNotTurnTimeBack() {
        // Given
        chunks.touch(ID, NOON, SETTLE);

        // When
        chunks.touch(ID, NOON.minusSeconds(9), SETTLE);

        // Then
        assertThat(found().lastEventAt()).isEqualTo(NOON);
    }

    @Test
    void anArrivalCostsTheSameHoweverManyCameBefore() {
        // Given
        for (int number = 0; number < 1_000; number++) {
            chunks.touch(ID, NOON.plusMillis(number), SETTLE);
        }
        calls.clear();

        // When
        ChunkState state = chunks.touch(ID, NOON.plusSeconds(2), SETTLE);

        // Then
        assertThat(state.generation()).isEqualTo(1_001);
        assertThat(calls).hasSize(1);
        assertThat(table.items().filter(item -> Key.of(item).equals(ID.key())).map(item -> item.attributes()
                        .size()))
                .containsExactly(11);
    }

    @Test
    void anArrivalThatIsNotNotedFails() {
        // Given
        failures.throttle(call -> call.kind() == TableCall.Kind.UPDATE);

        // Then
        assertThatThrownBy(() -> chunks.touch(ID, NOON, SETTLE)).isInstanceOf(StateException.class);
        assertThat(chunks.find(ID)).isEmpty();
    }

    @Test
    void aPlanEndsTheWait() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);

        // When
        table.transact(List.of(chunks.planned(ID, read, drafted(NOON), List.of())));

        // Then
        assertThat(found())
                .isEqualTo(new ChunkState(1, 1, List.of(), NOON, null, "run", null, null, NOON, List.of("run")));
        assertThat(found().isPlanned()).isTrue();
        assertThat(due(NOON.plus(SETTLE))).isEmpty();
    }

    @Test
    void aPlanOfAnEarlierGenerationDoesNotCount() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);
        chunks.touch(ID, NOON, SETTLE);

        // Then
        assertThatThrownBy(() -> table.transact(List.of(chunks.planned(ID, read, drafted(NOON), List.of()))))
                .isInstanceOfSatisfying(TransactionCancelledException.class, cancelled -> assertThat(
                                cancelled.conditionFailed(ID.key()))
                        .isTrue());
        assertThat(chunks.consumed(ID, read)).isFalse();
        assertThat(found().isPlanned()).isFalse();
    }

    @Test
    void aPlanDoesNotCountIfAnotherOneCameInBetween() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);
        table.transact(List.of(chunks.ordered(ID, read, run(NOON), 1)));

        // Then
        assertThatThrownBy(() ->
                        table.transact(List.of(chunks.planned(ID, read, drafted(NOON.plusSeconds(1)), List.of()))))
                .isInstanceOf(TransactionCancelledException.class);
        assertThatThrownBy(() -> table.transact(List.of(chunks.ordered(ID, read, run(NOON.plusSeconds(1)), 1))))
                .isInstanceOf(TransactionCancelledException.class);
    }

    @Test
    void anOrderLeavesAloneWhatGathers() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);

        // When
        table.transact(List.of(chunks.ordered(ID, read, run(NOON), 1)));

        // Then
        assertThat(found())
                .isEqualTo(new ChunkState(1, 0, List.of(), NOON, NOON, null, null, "run", NOON, List.of("run")));
        assertThat(due(NOON.plus(SETTLE))).containsExactly(ID);
    }

    @Test
    void theLedgerOfAnOrderIsNotedUnlessAnotherOrderCame() {
        // Given
        table.transact(List.of(chunks.ordered(ID, ChunkState.NEW, run(NOON), 1)));

        // When
        chunks.orderWritten(ID, "another");
        String before = found().orderedRun();
        chunks.orderWritten(ID, "run");

        // Then
        assertThat(before).isEqualTo("run");
        assertThat(found().orderedRun()).isNull();
    }

    @Test
    void theNextPlanIsLaterThanTheLastByWhateverClock() {
        // Given
        table.transact(List.of(chunks.ordered(ID, ChunkState.NEW, run(NOON.plusSeconds(5)), 1)));

        // Then
        assertThat(chunks.nextPlan(List.of(found(), ChunkState.NEW)))
                .isEqualTo(NOON.plusSeconds(5).plusMillis(1));
        assertThat(chunks.nextPlan(List.of(ChunkState.NEW))).isEqualTo(NOON);
    }

    @Test
    void aChunkExpiresUnlessSomethingWaits() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);
        ChunkId waiting = new ChunkId(new Feed("main", "other"), ID.chunk());
        chunks.consumed(waiting, chunks.touch(waiting, NOON, SETTLE));
        chunks.touch(waiting, NOON, SETTLE);
        table.transact(List.of(chunks.planned(ID, read, drafted(NOON), List.of())));

        // When
        clock.advance(Duration.ofDays(1_000));

        // Then
        assertThat(chunks.find(ID)).isEmpty();
        assertThat(chunks.find(waiting)).isPresent();
    }

    @Test
    void manyChunksAreReadAtOnce() {
        // Given
        chunks.touch(ID, NOON, SETTLE);
        ChunkId other = new ChunkId(new Feed("main", "other"), ID.chunk());

        // When
        Map<ChunkId, ChunkState> states = chunks.find(List.of(ID, other));

        // Then
        assertThat(states).containsExactly(Map.entry(ID, found()), Map.entry(other, ChunkState.NEW));
    }

    @Test
    void aGenerationIsPlannedOnce() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);
        table.transact(List.of(chunks.planned(ID, read, drafted(NOON), List.of())));

        // Then
        assertThatThrownBy(() -> table.transact(List.of(chunks.planned(ID, read, drafted(NOON), List.of()))))
                .isInstanceOf(TransactionCancelledException.class);
        assertThat(found().lastRun()).isEqualTo("run");
    }

    @Test
    void aGenerationThatNeedsNoRunKeepsTheLastOne() {
        // Given
        table.transact(List.of(chunks.planned(ID, chunks.touch(ID, NOON, SETTLE), drafted(NOON), List.of())));
        ChunkState read = chunks.touch(ID, NOON, SETTLE);

        // When
        boolean consumed = chunks.consumed(ID, read);

        // Then
        assertThat(consumed).isTrue();
        assertThat(found().isPlanned()).isTrue();
        assertThat(found().lastRun()).isEqualTo("run");
    }

    @Test
    void theLedgerOfARunIsNotedOnceTheChunkIsThere() {
        // Given
        chunks.ledgerWritten(ID, "run");
        boolean beforeItWasThere = chunks.find(ID).isPresent();
        chunks.touch(ID, NOON, SETTLE);

        // When
        chunks.ledgerWritten(ID, "run");

        // Then
        assertThat(beforeItWasThere).isFalse();
        assertThat(found().ledgerRun()).isEqualTo("run");
    }

    @Test
    void aChunkThatIsPostponedIsDueLater() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);

        // When
        chunks.postpone(ID, read, Duration.ofMinutes(5));

        // Then
        assertThat(due(NOON.plus(SETTLE))).isEmpty();
        assertThat(due(NOON.plusSeconds(300))).containsExactly(ID);
    }

    @Test
    void aChunkIsNotPostponedThatHasChangedOrWaitsNoMore() {
        // Given
        ChunkState read = chunks.touch(ID, NOON, SETTLE);
        ChunkState changed = chunks.touch(ID, NOON, SETTLE);

        // When
        chunks.postpone(ID, read, Duration.ofMinutes(5));
        List<ChunkId> dueAsBefore = due(NOON.plus(SETTLE));
        chunks.consumed(ID, changed);
        chunks.postpone(ID, changed, Duration.ofMinutes(5));

        // Then
        assertThat(dueAsBefore).containsExactly(ID);
        assertThat(due(NOON.plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void anItemOfAnotherKindIsNoChunk() {
        assertThat(ChunkStore.idOf(Item.at(ID.key()))).isEmpty();
    }

    private ChunkState found() {
        return chunks.find(ID).orElseThrow();
    }

    private List<ChunkId> due(Instant time) {
        return table.due(time, 10).stream()
                .map(ChunkStore::idOf)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Run run(Instant plannedAt) {
        return Run.first(
                "run",
                "main",
                "wikipedia",
                RunKind.BATCH,
                Mode.APPEND,
                List.of(ID.chunk()),
                "hash",
                "spec",
                Duration.ofHours(4),
                plannedAt);
    }

    private static DraftedRun drafted(Instant plannedAt) {
        return new DraftedRun(
                run(plannedAt),
                new Plan(
                        null,
                        List.of(new InputObject("landing", "a.json", "e1", 1, NOON)),
                        SpecHints.NONE,
                        List.of(),
                        Expectation.DEFAULT,
                        OnViolation.FAIL));
    }
}
