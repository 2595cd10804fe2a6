package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.run.RunExamples.NOON;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.platform.state.Transactions;
import sluice.platform.state.Write;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.TableCall;
import sluice.simulation.TableFailures;

class LeaseStoreTest {

    private static final Feed FEED = new Feed("main", "wikipedia");
    private static final TimeChunk FIRST = day("2026-01-01");
    private static final TimeChunk SECOND = day("2026-01-02");
    private static final TimeChunk THIRD = day("2026-01-03");

    private final ManualClock clock = new ManualClock(NOON);
    private final TableFailures failures = new TableFailures();
    private final InMemoryStateTable table = new InMemoryStateTable(clock).observer(failures);
    private final Beans beans = new Beans(Map.of("sluice.table", "sluice", "sluice.bus", "sluice"))
            .with(Clock.class, clock)
            .with(ObjectMapper.class, RunExamples.MAPPER)
            .with(StateTable.class, table);
    private final RunStore runs = beans.get(RunStore.class);
    private final LeaseStore leases = beans.get(LeaseStore.class);

    @Test
    void aRunTakesTheLeasesOnAllItsChunks() {
        // Given
        Run run = stored("a", FIRST, SECOND);

        // When
        LeaseAnswer answer = leases.take(run);

        // Then
        assertThat(answer).isEqualTo(acquired("a"));
        assertThat(leases.holder(FEED, FIRST)).contains(current("a"));
        assertThat(leases.held(FEED)).containsExactlyInAnyOrder(FIRST, SECOND);
        assertThat(leases.held(new Feed("other", "wikipedia"))).isEmpty();
    }

    @Test
    void aRunKeepsLeasesThatItHolds() {
        // Given
        Run run = holding("a", FIRST);

        // When
        LeaseAnswer answer = leases.take(run);

        // Then
        assertThat(answer).isEqualTo(acquired("a"));
    }

    @Test
    void aRunThatHasEndedSinceItWasReadGetsNoLease() {
        // Given
        Run read = stored("a", FIRST, SECOND);
        leases.release(ended(read));

        // Then
        assertThatThrownBy(() -> leases.take(read)).isInstanceOf(StaleRunException.class);
        assertThat(table.items()).as("the run alone").hasSize(1);
    }

    @Test
    void whoeverReadTheRunBeforeItTookItsLeasesCannotEndIt() {
        // Given
        Run read = stored("a", FIRST);
        Run holder = holding("b", FIRST);
        List<Write> end = new ArrayList<>(leases.returned(read));
        end.add(runs.write(ended(read).written()));
        leases.release(ended(holder));
        leases.take(read);

        // When
        boolean written = Transactions.isWritten(table, end);

        // Then
        assertThat(written).as("it would leave the lease").isFalse();
        assertThat(leases.holder(FEED, FIRST)).contains(current("a"));
    }

    @Test
    void aRunGetsAllOrNone() {
        // Given
        leases.take(stored("a", SECOND));

        // When
        LeaseAnswer answer = leases.take(stored("b", FIRST, SECOND, THIRD));

        // Then
        assertThat(answer).isEqualTo(new LeaseAnswer.HeldBy("a"));
        assertThat(leases.held(FEED)).containsExactly(SECOND);
    }

    @Test
    void twoThatAskAtTheSameMomentContend() {
        // Given
        failures.conflict(call -> call.kind() == TableCall.Kind.TRANSACT);

        // When
        LeaseAnswer answer = leases.take(stored("a", FIRST));

        // Then
        assertThat(answer).isEqualTo(new LeaseAnswer.Contended());
    }

    @Test
    void leasesOfARunThatHasEndedAreTakenOver() {
        // Given
        runs.save(ended(holding("a", FIRST, SECOND)));
        Run next = stored("b", FIRST, SECOND);

        // When
        LeaseAnswer answer = leases.take(next);

        // Then
        assertThat(answer).isEqualTo(acquired("b"));
        assertThat(leases.holder(FEED, SECOND)).contains(current("b"));
    }

    @Test
    void leasesOfARunThatIsGoneAreTakenOver() {
        // Given
        Run earlier = stored("a", FIRST);
        leases.take(earlier);
        table.remove(Key.run("a"));

        // When
        LeaseAnswer answer = leases.take(stored("b", FIRST));

        // Then
        assertThat(answer).isEqualTo(acquired("b"));
    }

    @Test
    void ofTwoEndedAndLivingHoldersTheLivingOneKeepsItsLease() {
        // Given
        runs.save(ended(holding("a", FIRST)));
        leases.take(stored("b", SECOND));

        // When
        LeaseAnswer answer = leases.take(stored("c", FIRST, SECOND));

        // Then
        assertThat(answer).isEqualTo(new LeaseAnswer.HeldBy("b"));
        assertThat(leases.held(FEED)).containsExactly(SECOND);
    }

    @Test
    void aRunThatEndsGivesItsLeasesBack() {
        // Given
        Run run = holding("a", FIRST, SECOND);

        // When
        Run released = leases.release(ended(run));

        // Then
        assertThat(runs.find("a")).contains(released);
        assertThat(released.version()).isEqualTo(run.version() + 1);
        assertThat(table.items().map(Item::attributes)).hasSize(1);
    }

    @Test
    void aRunThatNeverHadItsTurnEndsWithoutTouchingTheLease() {
        // Given
        Run holder = holding("a", FIRST);
        Run waiting = stored("b", FIRST);

        // When
        leases.release(ended(waiting));

        // Then
        assertThat(runs.find("b").orElseThrow().hasEnded()).isTrue();
        assertThat(leases.holder(FEED, FIRST)).contains(holder);
    }

    @Test
    void anEndByAnEarlierVersionIsStaleAndReturnsNoLease() {
        // Given
        Run run = holding("a", FIRST);
        Run newer = runs.save(run.due(NOON.plusSeconds(9)));

        // Then
        assertThatThrownBy(() -> leases.release(ended(run))).isInstanceOf(StaleRunException.class);
        assertThat(leases.holder(FEED, FIRST)).contains(newer);
    }

    @Test
    void anEndWhoseTransactionMeetsAnotherIsTriedAgain() {
        // Given
        Run run = holding("a", FIRST, SECOND);
        failures.conflict(call -> call.kind() == TableCall.Kind.TRANSACT);

        // When
        leases.release(ended(run));

        // Then
        assertThat(runs.find("a").orElseThrow().hasEnded()).isTrue();
        assertThat(table.items()).as("no lease is left").hasSize(1);
    }

    @Test
    void anEndThatMeetsOthersAgainAndAgainComesLater() {
        // Given
        Run run = holding("a", FIRST);
        for (int time = 0; time < 3; time++) {
            failures.conflict(call -> call.kind() == TableCall.Kind.TRANSACT);
        }

        // Then
        assertThatThrownBy(() -> leases.release(ended(run))).isInstanceOf(StaleRunException.class);
        assertThat(leases.holder(FEED, FIRST)).contains(run);
    }

    private LeaseAnswer acquired(String id) {
        return new LeaseAnswer.Acquired(current(id));
    }

    private Run current(String id) {
        return runs.find(id).orElseThrow();
    }

    /** Returns a run that holds the leases on its chunks. */
    private Run holding(String id, TimeChunk... chunks) {
        leases.take(stored(id, chunks));
        return current(id);
    }

    private Run stored(String id, TimeChunk... chunks) {
        return runs.save(Run.first(
                id,
                "main",
                "wikipedia",
                RunKind.BATCH,
                Mode.REPLACE,
                List.of(chunks),
                "hash",
                "spec",
                Duration.ofHours(4),
                NOON));
    }

    private static Run ended(Run run) {
        return run.moved(((RunState.Live) run.state()).cancelled(NOON, "not needed"), null, null);
    }

    private static TimeChunk day(String day) {
        Instant start = Instant.parse(day + "T00:00:00Z");
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }
}
