package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.tracking.Verification.Outcome;
import sluice.platform.druid.UnusedSegment;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;

class KillVerificationTest {

    private static final Counts REPORTED = new Counts(null, 0, 0, 0, null, null, 1_500);

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final KillVerification verification = fixture.bean(KillVerification.class);
    private Run run;
    private Plan plan;

    @BeforeEach
    void twoDaysAreToBeKilled() {
        fixture.load(fixture.main(), "wiki", 9, 8, 3).markUnused(fixture.main(), "wiki", 9, 8);
        List<UnusedSegment> unused = fixture.main().segmentCatalog().unused("wiki", null, null, 100);
        KillPlan kill = KillPlanner.plan(unused, unused).get(0);
        run = UpkeepRuns.planned("kill-run", "main", RunKind.KILL, day(9), day(8));
        plan = UpkeepRuns.plan(kill.task("wiki"));
    }

    @Test
    void itIsAboutKillRuns() {
        assertThat(verification.kind()).isEqualTo(RunKind.KILL);
        assertThat(verification.createsSegments()).isFalse();
    }

    @Test
    void segmentsThatAreStillThereAreNoProof() {
        assertThat(verify(Set.of()))
                .isInstanceOfSatisfying(Outcome.NotYet.class, outcome -> assertThat(outcome.waitingFor())
                        .contains("2 segments are still in the metadata store", "wiki_2026-01-23"));
    }

    @Test
    void segmentsThatAreGoneAreTheProof() {
        // Given
        kill();

        // When
        Outcome outcome = verify(Set.of());

        // Then
        assertThat(outcome).isEqualTo(new Outcome.Proven(new Counts(0L, 0, 0, 2, 0L, 2_000L, 1_500)));
    }

    @Test
    void withoutTheTasksReportItsLimitIsTheCount() {
        // Given
        kill();
        fixture.main().forget(run.taskId());

        // When
        Outcome outcome = verify(Set.of());

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Proven.class, proven -> assertThat(
                        proven.counts().segments())
                .isEqualTo(2));
    }

    @Test
    void aSegmentThatWasUsedBeforeMustStillExist() {
        // Given: it lies in the interval of the task, and neither used nor unused ones have it
        String lost = "wiki_" + day(9).interval().replace('/', '_') + "_2026-01-31T00:00:00.000Z";
        kill();

        // When
        Outcome outcome = verify(Set.of(lost));

        // Then
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Wrong.class, wrong -> {
            assertThat(wrong.message()).contains("1 segments that were used before are gone", lost);
            assertThat(wrong.takeBack()).isFalse();
        });
    }

    @Test
    void segmentsThatOnlyOverlapTheIntervalAreNotChecked() {
        // Given
        TimeChunk wider = new TimeChunk(day(10).start(), day(9).end());
        TimeChunk later = new TimeChunk(day(8).start(), day(7).end());
        kill();

        // When
        Outcome outcome = verify(Set.of(
                "wiki_" + wider.interval().replace('/', '_') + "_v",
                "wiki_" + later.interval().replace('/', '_') + "_v",
                "not a segment id"));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void whatIsMarkedUnusedMeanwhileIsNotTheTasks() {
        // Given: another version of a killed day was used before and is marked unused before the look
        kill();
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.load(fixture.main(), "wiki", 9);
        Set<String> before = fixture.main().segmentUsage().used("wiki", List.of(day(9).interval()));
        fixture.markUnused(fixture.main(), "wiki", 9);

        // When
        Outcome outcome = verify(before);

        // Then
        assertThat(before).hasSize(1);
        assertThat(outcome).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void aSegmentOfTheSameVersionThatIsMarkedLaterIsNotTheTasks() {
        // Given: two partitions of a day, of which the second is marked unused after the task was planned
        fixture.append(fixture.main(), "wiki", 12, 3).append(fixture.main(), "wiki", 12, 4);
        Set<String> both = fixture.main().segmentUsage().used("wiki", List.of(day(12).interval()));
        String first = both.stream().sorted().findFirst().orElseThrow();
        fixture.main().segmentUsage().markUnused("wiki", Set.of(first));
        planKillOf(12);
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.main().segmentUsage().markUnused("wiki", both);
        kill();

        // When
        Outcome outcome = verify(both.stream().filter(id -> !id.equals(first)).collect(Collectors.toSet()));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Proven.class);
        assertThat(fixture.main().segmentCatalog().unused("wiki", day(12).interval(), null, 10))
                .hasSize(1);
    }

    @Test
    void allPagesOfUnusedSegmentsAreRead() {
        // Given: more than one page of 500
        fixture.loadParts(fixture.main(), "wiki", 12, 501, 1).markUnused(fixture.main(), "wiki", 12);
        planKillOf(12);

        // Then
        assertThat(verify(Set.of()))
                .isInstanceOfSatisfying(Outcome.NotYet.class, outcome -> assertThat(outcome.waitingFor())
                        .startsWith("501 segments"));
    }

    @Test
    void whatIsStillUsedIsNotGone() {
        // Given
        kill();
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.load(fixture.main(), "wiki", 9);

        // When
        Outcome outcome = verify(fixture.main().segmentUsage().used("wiki", List.of(day(9).interval())));

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Proven.class);
    }

    private void planKillOf(int daysAgo) {
        List<UnusedSegment> unused =
                fixture.main().segmentCatalog().unused("wiki", day(daysAgo).interval(), null, 1_000);
        run = UpkeepRuns.planned("another-run", "main", RunKind.KILL, day(daysAgo));
        plan = UpkeepRuns.plan(KillPlanner.plan(unused, unused).get(0).task("wiki"));
    }

    private void kill() {
        fixture.main().tasks().submit(run.taskId(), plan.spec().toString());
        fixture.main().settle();
    }

    private Outcome verify(Set<String> before) {
        return verification.verify(
                run,
                plan,
                SegmentSnapshot.before(before, Map.of(), fixture.clock().instant(), List.of()),
                REPORTED,
                fixture.main());
    }
}
