package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.ParallelExecutor;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.DruidException;
import sluice.platform.state.DueItemReader;
import sluice.platform.state.Item;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** Runs of a cluster that hangs, or that the environment no longer has. */
class ClusterAwayTest {

    private final IngestFixture fixture = new IngestFixture();
    private final RunFollower follower = fixture.bean(RunFollower.class);
    private final CountedCalls calls = new CountedCalls();
    private final HungDruid hung = new HungDruid();

    @Test
    void runsOfAClusterThatTheEnvironmentDoesNotHaveWait() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.clusters.remove("main");

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).state()).isEqualTo(run.state());
        assertThat(fixture.stored(run).lastError()).contains("the environment has no such cluster");
    }

    @Test
    void runsOfAClusterThatStaysAwayFailAndReturnTheirLeases() {
        // Given
        Run run = inDruid("2026-01-01");
        Run planned = fixture.planned(IngestFixture.definition("append"), IngestFixture.day("2026-01-02"), "a.json", 3);
        fixture.clusters.remove("main");

        // When
        staysAway();

        // Then
        assertThat(failure(planned).code()).isEqualTo(Problem.Code.UNKNOWN_CLUSTER);
        assertThat(failure(planned).message()).contains("no cluster called main since");
        assertThat(failure(run).message()).contains("no cluster called main since");
        assertThat(fixture.bean(LeaseStore.class).held(FEED)).isEmpty();
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void aTaskOfAClusterThatStaysAwayMayHaveLoadedItsFiles() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.clusters.remove("main");

        // When
        staysAway();

        // Then
        assertThat(failure(run).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(failure(run).message()).contains(run.taskId());
        assertThat(fixture.bean(RunStore.class)
                        .segmentMark(fixture.stored(run))
                        .orElseThrow()
                        .isOwn())
                .isFalse();
    }

    @Test
    void aTaskWhoseAnswerWasLostMayHaveLoadedItsFiles() {
        // Given
        Run run = fixture.planned(IngestFixture.definition("append"), IngestFixture.day("2026-01-01"), "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        fixture.bean(Submitter.class).submit(run.id());
        fixture.clusters.remove("main");

        // When
        staysAway();

        // Then
        assertThat(failure(run).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
    }

    @Test
    void aCancelledTaskOfAClusterThatStaysAwayMayHaveLoadedItsFiles() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.clusters.remove("main");
        fixture.bean(Cancellation.class).cancel(run.id(), "rolled back");

        // When
        staysAway();

        // Then
        assertThat(failure(run).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(failure(run).message()).contains("cancelled (rolled back)");
    }

    @Test
    void anAppendAfterTheReturnOfAClusterDoublesNoRows() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.clusters.remove("main");
        staysAway();
        fixture.druid.settle();
        fixture.clusters.add(fixture.druid);

        // When
        Run next = fixture.inDruid(IngestFixture.definition("append"), IngestFixture.day("2026-01-01"), "b.json", 3);
        fixture.druid.settle();

        // Then
        assertThat(next.id()).isNotEqualTo(run.id());
        assertThat(fixture.druid.servedRows("wiki")).hasSize(2);
        assertThat(fixture.druid.servedRows("wiki").values()).containsOnly(3L);
    }

    @Test
    void aClusterThatIsBackIsAskedAtOnce() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.druid.settle();
        fixture.clusters.remove("main");
        tick();
        fixture.clusters.add(fixture.druid);

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void aHungClusterIsAskedOnceForAllItsRuns() {
        // Given
        for (int day = 1; day <= 20; day++) {
            inDruid("2026-01-%02d".formatted(day));
        }
        fixture.druid.passing(fixture.clock::advance);
        List<Item> due = due();
        int announced = fixture.events().size();
        fixture.druid.faults(hung);

        // When
        follower.handle(due, afterwards());

        // Then
        assertThat(hung.calls()).isEqualTo(2);
        assertThat(fixture.runs()).allMatch(run -> run.setbacks() == 1);
        assertThat(fixture.events()).hasSize(announced);
    }

    @Test
    void aClusterThatStillHangsIsLeftOutOfTheNextRound() {
        // Given
        inDruid("2026-01-01");
        List<CompletableFuture<Void>> lanes = new ArrayList<>();
        RunFollower slow = new RunFollower(
                fixture.bean(DueItemReader.class),
                fixture.bean(RunStore.class),
                new Lanes(lanes),
                fixture.bean(ClusterRuns.class),
                fixture.clock,
                Duration.ZERO);
        List<Item> due = due();
        slow.handle(due, afterwards());

        // When
        slow.handle(due, afterwards());
        int besideEachOther = lanes.size();
        lanes.get(0).complete(null);
        slow.handle(due, afterwards());

        // Then
        assertThat(besideEachOther).isEqualTo(1);
        assertThat(lanes).hasSize(2);
    }

    /** Work that has been started and does not end. */
    private record Lanes(List<CompletableFuture<Void>> started) implements ParallelExecutor {

        @Override
        public <T> void each(Collection<T> elements, Consumer<T> consumer) {
            elements.forEach(consumer);
        }

        @Override
        public CompletableFuture<Void> start(Runnable work) {
            started.add(new CompletableFuture<>());
            return started.get(started.size() - 1);
        }
    }

    @Test
    void plannedRunsOfAHungClusterAreNotAnnouncedAgain() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.passing(fixture.clock::advance);
        fixture.druid.faults(hung);
        fixture.bean(Submitter.class).submit(run.id());
        int announced = fixture.events().size();

        // When
        follower.handle(fixture.table.due(fixture.clock.instant().plus(Duration.ofHours(1)), 10), afterwards());

        // Then
        assertThat(fixture.events()).hasSize(announced);
        assertThat(fixture.stored(run).lastError()).contains("has not answered since");
    }

    /** Submits a run of a day. */
    private Run inDruid(String day) {
        return fixture.inDruid(IngestFixture.definition("append"), IngestFixture.day(day), "a.json", 3);
    }

    /** The cluster that is gone stays away for longer than runs wait for it. */
    private void staysAway() {
        tick();
        fixture.clock.advance(Duration.ofDays(1));
        tick();
    }

    private Problem failure(Run run) {
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Failed.class);
        return ((RunState.Failed) fixture.stored(run).state()).problem();
    }

    /** Lets time pass until everything is due, and follows it. */
    private void tick() {
        follower.handle(due(), afterwards());
    }

    private List<Item> due() {
        fixture.clock.advance(Duration.ofMinutes(10));
        return fixture.due();
    }

    private Instant afterwards() {
        return fixture.clock.instant().plusSeconds(45);
    }
}
