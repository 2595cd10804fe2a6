package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.platform.state.Item;
import sluice.platform.state.StateException;
import sluice.platform.state.TransactionCancelledException;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.TableCall;
import sluice.simulation.TableFailures;

class ChunkStoreTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(1);
    private static final ChunkId ID = new ChunkId(
            new Feed("main", "wikipedia"),
            new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z")));

    private final ManualClock clock = new ManualClock(NOON);
    private final TableFailures failures = new TableFailures();
    private final InMemoryStateTable table = new InMemoryStateTable(clock).observer(failures);
    private final ChunkStore chunks = new ChunkStore(table, clock);

    @Test
    void anArrivalBeginsToWait() {
        // When
        ChunkState touched = chunks.touch(ID, arrival("a", NOON.minusSeconds(3)), SETTLE);

        // Then
        assertThat(touched).isEqualTo(new ChunkState(1, 0, List.of("etag a"), NOON.minusSeconds(3), NOON, null, null));
        assertThat(touched.isPlanned()).isFalse();
        assertThat(due(NOON.plus(SETTLE))).containsExactly(ID);
        assertThat(due(NOON.plus(SETTLE).minusMillis(1))).isEmpty();
    }

    @Test
    void aFurtherArrivalMakesItWaitAnew() {
        // Given
        chunks.touch(ID, arrival("a", NOON), SETTLE);
        clock.advance(Duration.ofSeconds(50));

        // When
        chunks.touch(ID, arrival("b", NOON.plusSeconds(9)), SETTLE);

        // Then
        ChunkState state = found();
        assertThat(state.generation()).isEqualTo(2);
        assertThat(state.seen()).containsExactlyInAnyOrder("etag a", "etag b");
        assertThat(state.waitingSince()).isEqualTo(NOON);
        assertThat(state.lastEventAt()).isEqualTo(NOON.plusSeconds(9));
        assertThat(due(NOON.plus(SETTLE))).isEmpty();
    }

    @Test
    void anArrivalThatComesLateDoesNotTurnTimeBack() {
        // Given
        chunks.touch(ID, arrival("a", NOON), SETTLE);

        // When
        chunks.touch(ID, arrival("b", NOON.minusSeconds(9)), SETTLE);

        // Then
        assertThat(found().lastEventAt()).isEqualTo(NOON);
    }

    @Test
    void aChunkWithMoreObjectsThanFitDoesWithoutTheirNames() {
        // Given
        String name = "x".repeat(1_000);
        for (int number = 0; number < 410; number++) {
            chunks.touch(ID, arrival(name + number, NOON), SETTLE);
        }

        // When
        ChunkState state = chunks.touch(ID, arrival("last", NOON), SETTLE);
        ChunkState next = chunks.touch(ID, arrival(name + "more", NOON), SETTLE);

        // Then
        assertThat(state.generation()).isEqualTo(411);
        assertThat(next.generation()).isEqualTo(412);
        assertThat(next.seen()).hasSizeLessThan(410).doesNotContain("etag " + name + "more");
    }

    @Test
    void anotherFailureIsNotTakenForAFullItem() {
        // Given
        failures.throttle(call -> call.kind() == TableCall.Kind.UPDATE);

        // Then
        assertThatThrownBy(() -> chunks.touch(ID, arrival("a", NOON), SETTLE)).isInstanceOf(StateException.class);
        assertThat(chunks.find(ID)).isEmpty();
    }

    @Test
    void aPlanEndsTheWait() {
        // Given
        ChunkState read = chunks.touch(ID, arrival("a", NOON), SETTLE);

        // When
        table.transact(List.of(chunks.planned(ID, read, "run")));

        // Then
        assertThat(found()).isEqualTo(new ChunkState(1, 1, List.of(), NOON, null, "run", null));
        assertThat(found().isPlanned()).isTrue();
        assertThat(due(NOON.plus(SETTLE))).isEmpty();
    }

    @Test
    void aPlanOfAnEarlierGenerationDoesNotCount() {
        // Given
        ChunkState read = chunks.touch(ID, arrival("a", NOON), SETTLE);
        chunks.touch(ID, arrival("b", NOON), SETTLE);

        // Then
        assertThatThrownBy(() -> table.transact(List.of(chunks.planned(ID, read, "run"))))
                .isInstanceOfSatisfying(TransactionCancelledException.class, cancelled -> assertThat(
                                cancelled.conditionFailed(ID.key()))
                        .isTrue());
        assertThat(chunks.consumed(ID, read)).isFalse();
        assertThat(found().isPlanned()).isFalse();
    }

    @Test
    void aGenerationIsPlannedOnce() {
        // Given
        ChunkState read = chunks.touch(ID, arrival("a", NOON), SETTLE);
        table.transact(List.of(chunks.planned(ID, read, "run")));

        // Then
        assertThatThrownBy(() -> table.transact(List.of(chunks.planned(ID, read, "other"))))
                .isInstanceOf(TransactionCancelledException.class);
        assertThat(found().lastRun()).isEqualTo("run");
    }

    @Test
    void aGenerationThatNeedsNoRunKeepsTheLastOne() {
        // Given
        table.transact(List.of(chunks.planned(ID, chunks.touch(ID, arrival("a", NOON), SETTLE), "run")));
        ChunkState read = chunks.touch(ID, arrival("b", NOON), SETTLE);

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
        chunks.touch(ID, arrival("a", NOON), SETTLE);

        // When
        chunks.ledgerWritten(ID, "run");

        // Then
        assertThat(beforeItWasThere).isFalse();
        assertThat(found().ledgerRun()).isEqualTo("run");
    }

    @Test
    void aChunkThatIsPostponedIsDueLater() {
        // Given
        ChunkState read = chunks.touch(ID, arrival("a", NOON), SETTLE);

        // When
        chunks.postpone(ID, read, Duration.ofMinutes(5));

        // Then
        assertThat(due(NOON.plus(SETTLE))).isEmpty();
        assertThat(due(NOON.plusSeconds(300))).containsExactly(ID);
    }

    @Test
    void aChunkIsNotPostponedThatHasChangedOrWaitsNoMore() {
        // Given
        ChunkState read = chunks.touch(ID, arrival("a", NOON), SETTLE);
        ChunkState changed = chunks.touch(ID, arrival("b", NOON), SETTLE);

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

    private static Arrival arrival(String key, Instant at) {
        return new Arrival("landing", key, "etag", 1, at);
    }
}
