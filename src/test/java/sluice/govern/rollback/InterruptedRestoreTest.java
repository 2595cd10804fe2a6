package sluice.govern.rollback;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.rollback.RollingBack.DAY;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.govern.GovernWorld;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.Problem;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.RestorePatience;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;
import sluice.simulation.world.World;

/** What others do while a rollback restores the earlier data, and where it stops between two of its calls. */
class InterruptedRestoreTest {

    private final RollingBack wiki = new RollingBack();
    private final GovernWorld world = wiki.world();

    /**
     * The answer of the call that marks the bad segments unused is lost, and a person appends before the next step. Nobody can tell
     * this from a compaction that has copied the bad rows.
     */
    @Test
    void aRestoreThatIsInterruptedBeforeOthersWriteIsADoubtOfTheRun() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        world.druid().faults((call, subject) -> {
            if (call != DruidCall.MARK_UNUSED) {
                return Optional.empty();
            }
            world.druid().faults(CallFaults.NONE);
            world.druid()
                    .others()
                    .append("wiki", World.day(DAY), InputRows.at(World.day(DAY).start(), 3));
            return Optional.of(new CallFault.AnswerLost(DruidException.Code.TIMED_OUT));
        });

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(world.rows("wiki")).isEqualTo(3);
        assertIsNotTakenBack();
        assertThat(wiki.done(begun).problems())
                .singleElement()
                .asString()
                .contains("nothing was loaded again", "others have written 1 segments", "may have copied", "compare");
    }

    /** The answer of the call that marks the bad segments unused is lost, and then the environment loses its cluster. */
    @Test
    void aRestoreThatIsInterruptedAndLosesItsClusterIsADoubtOfTheRun() {
        // Given
        Rollback begun = interrupted();
        world.world().clusterLeaves();

        // When
        world.tickAfter(Duration.ofMinutes(1)).tickAfter(Duration.ofHours(25));
        world.world().clusterReturns();
        world.settle();

        // Then
        assertThat(world.rows("wiki")).isZero();
        assertInDoubt("the environment has no cluster main");
        assertThat(wiki.done(begun).problems())
                .singleElement()
                .asString()
                .contains("was interrupted", "the environment has no cluster main", "mark them unused");
    }

    @Test
    void aRestoreThatIsInterruptedGoesOnWhenTheEnvironmentHasItsClusterAgain() {
        // Given
        Rollback begun = interrupted();
        world.world().clusterLeaves();
        world.tickAfter(Duration.ofMinutes(5));

        // When
        world.world().clusterReturns();
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(wiki.done(begun).reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aHoldDoesNotKeepAnInterruptedRestoreFromItsEnd() {
        // Given
        Rollback begun = interrupted();
        world.bean(HoldStore.class).put("wiki", World.day(DAY), "audit", "alice", null);

        // When
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    @Test
    void aRestoreThatIsInterruptedAndCannotGoOnIsADoubtOfTheRun() {
        // Given: a person's task locks the day, and never ends
        Rollback begun = interrupted();
        world.druid().taskDuration(Duration.ofDays(1));
        world.druid()
                .others()
                .replace("wiki", World.day(DAY), InputRows.at(World.day(DAY).start(), 3));
        world.druid().settle();

        // When
        world.tickAfter(Duration.ofMinutes(1)).tickAfter(RestorePatience.LIMIT).settle();

        // Then
        assertInDoubt("has locked");
        assertThat(wiki.done(begun).problems()).singleElement().asString().contains("was interrupted", "has locked");
    }

    /** A compaction reads the rows of the bad version right before its segments are marked unused. */
    @ParameterizedTest(name = "and ends after so many seconds: {0}")
    @ValueSource(ints = {0, 60})
    void rowsThatACompactionHasCopiedMeanwhileAreADoubtOfTheRun(int seconds) {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        compactedInBetween(Duration.ofSeconds(seconds), Fate.SUCCEEDS);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(world.rows("wiki")).isEqualTo(10);
        assertThat(wiki.done(begun).reloaded()).isEmpty();
        assertThat(wiki.done(begun).problems()).singleElement().asString().contains("may have copied");
        assertIsNotTakenBack();
    }

    private void assertIsNotTakenBack() {
        assertThat(world.runs("wiki")).singleElement().satisfies(run -> {
            assertThat(run.mayHaveLoaded()).isTrue();
            assertThat(Problem.of(run.state()))
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK));
        });
    }

    @Test
    void aCompactionThatCopiesNothingInTheEndIsWaitedFor() {
        // Given
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        compactedInBetween(Duration.ofMinutes(2), Fate.FAILS);

        // When
        Rollback begun = wiki.start(true);
        world.settle();

        // Then
        assertThat(wiki.done(begun).problems()).isEmpty();
        assertThat(wiki.done(begun).reloaded()).hasSize(1);
        assertThat(world.rows("wiki")).isEqualTo(10);
    }

    private void compactedInBetween(Duration duration, Fate fate) {
        world.druid().faults((call, subject) -> {
            if (call == DruidCall.MARK_UNUSED) {
                world.druid().faults(CallFaults.NONE);
                world.druid().taskDuration(duration);
                world.druid().fate(world.druid().others().compact("wiki", World.day(DAY), false), fate);
                world.druid().settle();
                world.druid().taskDuration(Duration.ZERO);
            }
            return Optional.empty();
        });
    }

    /** A rollback of an append, of which the answer to the call that marks its segments unused was lost. */
    private Rollback interrupted() {
        wiki.twoVersions(GovernWorld.text("wiki").replace("mode: replace", "mode: append"));
        world.upload("wiki", DAY, "a.json", 10).settle();
        AtomicBoolean isLost = new AtomicBoolean();
        world.druid().faults((call, subject) -> {
            if (call != DruidCall.MARK_UNUSED) {
                return Optional.empty();
            }
            isLost.set(true);
            world.druid().faults(CallFaults.NONE);
            return Optional.of(new CallFault.AnswerLost(DruidException.Code.TIMED_OUT));
        });
        Rollback begun = wiki.start(true);
        for (int tick = 0; tick < 30 && !isLost.get(); tick++) {
            world.tickAfter(Duration.ofSeconds(10));
        }
        assertThat(isLost).isTrue();
        assertThat(world.druid().usedSegments("wiki")).isEmpty();
        return begun;
    }

    private void assertInDoubt(String why) {
        assertThat(world.runs("wiki")).singleElement().satisfies(run -> {
            assertThat(run.mayHaveLoaded()).isTrue();
            assertThat(Problem.of(run.state()))
                    .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK))
                    .hasValueSatisfying(problem -> assertThat(problem.message()).contains("was interrupted", why));
        });
    }
}
