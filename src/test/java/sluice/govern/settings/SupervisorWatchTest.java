package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static sluice.govern.settings.Reconciling.ALL;
import static sluice.govern.settings.Reconciling.CONNECTING;
import static sluice.govern.settings.Reconciling.ILL;
import static sluice.govern.settings.Reconciling.NEXT_CHECK;
import static sluice.govern.settings.Reconciling.RUNNING;
import static sluice.govern.settings.Reconciling.SOON;
import static sluice.govern.settings.Reconciling.STREAM;
import static sluice.govern.settings.Reconciling.TWO_STREAMS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.metric.Metric;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;

/** Supervisors are watched until they run, and the tasks of terminated ones until they have ended. */
class SupervisorWatchTest {

    private final Reconciling wiki = new Reconciling();
    private final GovernWorld world = wiki.world();

    @Test
    void anUnhealthySupervisorMisalignsUntilItRuns() {
        // Given
        world.druid().supervisorStatus("wiki", ILL);
        wiki.aligning(ALL);
        Reconciliation misaligned = wiki.current();
        world.druid().supervisorStatus("wiki", RUNNING);

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(misaligned.phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(misaligned.clusters().get(0).supervisors())
                .extracting(Watched::reason)
                .containsExactly("it is UNHEALTHY_SUPERVISOR: no broker");
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.events("sluice.definition.misaligned")).hasSize(1);
        assertThat(world.events("sluice.definition.aligned")).hasSize(1);
    }

    @Test
    void aSupervisorThatIsUnhealthyOrLagsIsMeasured() {
        // Given
        wiki.aligned(ALL);
        world.druid()
                .supervisorStatus("wiki", new SupervisorStatus("UNHEALTHY_TASKS", "RUNNING", false, List.of(), 5_000L));

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(world.world().metrics().values(Metric.SUPERVISORS_UNHEALTHY)).containsExactly(1L);
        assertThat(world.world().metrics().values(Metric.SUPERVISOR_LAG)).containsExactly(5_000L);
        assertThat(world.world().metrics().values(Metric.DEFINITIONS_MISALIGNED))
                .containsExactly(1L);
    }

    @Test
    void aSupervisorThatFailsLaterMisaligns() {
        // Given
        wiki.aligned(ALL);
        world.druid().supervisorStatus("wiki", ILL);

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(world.events("sluice.definition.misaligned")).hasSize(1);
    }

    @Test
    void aSupervisorHasALimitedTimeToStart() {
        // Given
        world.druid().supervisorStatus("wiki", CONNECTING);
        wiki.aligning(ALL);
        Reconciliation starting = wiki.current();

        // When
        world.tickAfter(Duration.ofMinutes(6));

        // Then
        assertThat(starting.phase()).isEqualTo(Phase.STARTING);
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.main().supervisors())
                .extracting(Watched::reason)
                .containsExactly("it still does not run after PT5M");
    }

    @Test
    void aSuspendedSupervisorIsNoProblem() {
        // Given
        world.druid().supervisorStatus("wiki", new SupervisorStatus("SUSPENDED", "SUSPENDED", true, List.of()));

        // When
        wiki.aligning(ALL);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.SUSPENDED);
    }

    @Test
    void aSupervisorThatDisappearsWhileItStartsHasFailed() {
        // Given
        world.druid().supervisorStatus("wiki", CONNECTING);
        wiki.aligning(ALL);
        world.druid().settings().terminateSupervisor("wiki");

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.FAILED);
    }

    @Test
    void aSupervisorWhoseTasksFailHasFailed() {
        // Given
        world.druid().fates(task -> Fate.FAILS);
        world.druid().supervisorStatus("wiki", CONNECTING);
        wiki.aligning(ALL);
        for (int number = 0; number < 3; number++) {
            world.druid().others().stream("wiki", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
            world.druid().settle();
        }
        world.druid().supervisorStatus("wiki", RUNNING);

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.main().supervisors().get(0).reason()).contains("its tasks fail");
        assertThat(world.world().metrics().values(Metric.SUPERVISORS_UNHEALTHY))
                .as("though Druid calls it healthy")
                .containsExactly(1L);
    }

    @Test
    void tasksThatOutliveTheirSupervisorAreShutDown() {
        // Given
        wiki.aligned(ALL);
        world.druid().fates(task -> Fate.HANGS);
        String task = world.druid().others().stream("wiki", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
        world.druid().settle();
        wiki.aligning(GovernWorld.text("wiki"));
        Watched ending = wiki.main().supervisors().get(0);

        // When
        world.tickAfter(Duration.ofMinutes(31));
        world.druid().settle();
        world.tickAfter(SOON);

        // Then
        assertThat(ending.state()).isEqualTo(Watched.State.ENDING);
        assertThat(world.druid().taskTable().runningStreamTasks("wiki", "wiki")).doesNotContain(task);
        assertThat(wiki.main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.ENDED);
        assertThat(wiki.main().supervisors().get(0).reason()).contains("were shut down");
    }

    @Test
    void removingOneOfTwoStreamsLeavesTheTasksOfTheOther() {
        // Given
        world.druid().contractVersion("37");
        wiki.aligned(GovernWorld.text("wiki", TWO_STREAMS));
        world.druid().fates(task -> Fate.HANGS);
        InputRows rows = InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1);
        String survivor = world.druid().others().stream("wiki", rows);
        String removed = world.druid().others().stream("wiki", "wiki-old", rows);
        world.druid().settle();
        wiki.aligning(GovernWorld.text("wiki", STREAM));

        // When
        world.tickAfter(Duration.ofMinutes(31));
        world.druid().settle();
        world.tickAfter(SOON);

        // Then
        assertThat(world.druid().tasks().statuses(List.of(survivor, removed)))
                .extractingFromEntries(
                        task -> task.getKey() + " " + task.getValue().code())
                .containsExactlyInAnyOrder(survivor + " RUNNING", removed + " FAILED");
        assertThat(wiki.main().supervisors())
                .extracting(Watched::id, Watched::state)
                .containsExactly(tuple("wiki", Watched.State.RUNNING), tuple("wiki-old", Watched.State.ENDED));
    }

    @Test
    void aFailingStreamDoesNotMakeItsSiblingFail() {
        // Given
        world.druid().contractVersion("37");
        world.druid().fates(task -> Fate.FAILS);
        world.druid().supervisorStatus("wiki", CONNECTING);
        world.druid().supervisorStatus("wiki-old", CONNECTING);
        wiki.aligning(GovernWorld.text("wiki", TWO_STREAMS));
        for (int number = 0; number < 3; number++) {
            world.druid().others().stream("wiki", "wiki-old", InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 1));
            world.druid().settle();
        }
        world.druid().supervisorStatus("wiki", RUNNING);
        world.druid().supervisorStatus("wiki-old", RUNNING);

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.main().supervisors())
                .extracting(Watched::id, Watched::state)
                .containsExactly(tuple("wiki", Watched.State.RUNNING), tuple("wiki-old", Watched.State.FAILED));
    }
}
