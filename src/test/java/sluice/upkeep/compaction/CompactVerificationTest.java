package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.day;
import static sluice.upkeep.compaction.Compacting.DAY;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.tracking.Verification.Outcome;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;

class CompactVerificationTest {

    private static final Counts REPORTED = new Counts(10L, 0, 0, 1, null, null, 1_500);

    private final Compacting compacting = new Compacting();
    private final UpkeepFixture fixture = compacting.fixture();
    private final InMemoryDruid main = fixture.main();
    private final CompactVerification verification = fixture.bean(CompactVerification.class);
    private Run run;
    private Plan plan;
    private Set<String> before;

    @BeforeEach
    void aCompactionIsPlanned() {
        compacting.twoSegments(main);
        before = Compacting.used(main);
        run = fixture.bean(ClusterChunk.class)
                .plan(compacting.definition(), "main", day(DAY), "hash")
                .orElseThrow();
        plan = fixture.bean(RunStore.class).plan(run);
        fixture.clock().advance(Duration.ofMinutes(1));
    }

    @Test
    void itIsAboutCompactRuns() {
        assertThat(verification.kind()).isEqualTo(RunKind.COMPACT);
        assertThat(verification.createsSegments()).isTrue();
    }

    @Test
    void theSameRowsAndSumsAreTheProof() {
        // Given
        compacting.execute(main, run);

        // Then
        assertThat(verify(created())).isEqualTo(new Outcome.Proven(REPORTED.stored(10, 1_000)));
    }

    @Test
    void aTaskWithoutASegmentIsWrong() {
        assertThat(verify(Set.of()))
                .isEqualTo(new Outcome.Wrong("the task has ended, but there is no new segment", false));
    }

    @Test
    void segmentsThatAreNotServedAreNoProofYet() {
        // Given
        main.lags(Lags.NONE.served(Duration.ofMinutes(5)));
        compacting.execute(main, run);

        // Then
        assertThat(verify(created()))
                .isInstanceOfSatisfying(Outcome.NotYet.class, outcome -> assertThat(outcome.waitingFor())
                        .startsWith("1 segments were published but are not served"));
    }

    @Test
    void aQueryThatCountsOtherRowsIsNoProofYet() {
        // Given: rows are appended between the look at the segments and the query
        compacting.execute(main, run);
        Set<String> created = created();
        main.faults((call, subject) -> {
            if (call == DruidCall.ROW_TOTALS) {
                main.faults(CallFaults.NONE);
                fixture.append(main, "wiki", DAY, 5);
            }
            return Optional.empty();
        });

        // Then
        assertThat(verify(created)).isEqualTo(new Outcome.NotYet("the segments hold 10 rows, but a query counts 15"));
    }

    @Test
    void aLaterWriterLeavesNothingToCompare() {
        // Given
        compacting.execute(main, run);
        Set<String> created = created();
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.load(main, "wiki", DAY);

        // Then
        assertThat(verify(created)).isInstanceOf(Outcome.Proven.class);
    }

    @Test
    void earlierSegmentsThatAreStillServedAreNoProofYet() {
        // Given: a segment is served beside one from before
        fixture.append(main, "wiki", DAY, 3);

        // Then
        assertThat(verify(created()))
                .isInstanceOfSatisfying(Outcome.NotYet.class, outcome -> assertThat(outcome.waitingFor())
                        .startsWith("2 earlier segments are still served, the first is wiki_"));
    }

    @Test
    void lostRowsAreTakenBack() {
        // Given
        compacting.execute(main, run);
        expect(new CompactionInvariant(11, false, Map.of()));

        // Then
        assertThat(verify(created())).isInstanceOfSatisfying(Outcome.Wrong.class, wrong -> {
            assertThat(wrong.message()).contains("there were 11 rows and there are 10");
            assertThat(wrong.takeBack()).isTrue();
        });
    }

    @Test
    void otherSumsAreTakenBack() {
        // Given
        compacting.execute(main, run);
        expect(new CompactionInvariant(10, true, Map.of("count", BigDecimal.valueOf(12))));

        // Then
        assertThat(verify(created())).isInstanceOfSatisfying(Outcome.Wrong.class, wrong -> {
            assertThat(wrong.message()).contains("the sum of count was 12 and is 10");
            assertThat(wrong.takeBack()).isTrue();
        });
    }

    @Test
    void rowsThatWereAppendedMeanwhileDoNotCount() {
        // Given
        compacting.execute(main, run);
        Set<String> created = created();
        fixture.append(main, "wiki", DAY, 5);

        // Then
        assertThat(verify(created)).isEqualTo(new Outcome.Proven(REPORTED.stored(10, 1_000)));
    }

    @Test
    void lostRowsUnderAppendedOnesAreNotTakenBack() {
        // Given
        compacting.execute(main, run);
        Set<String> created = created();
        fixture.append(main, "wiki", DAY, 5);
        expect(new CompactionInvariant(11, false, Map.of()));

        // Then
        assertThat(verify(created)).isInstanceOfSatisfying(Outcome.Wrong.class, wrong -> {
            assertThat(wrong.message()).contains("rows were appended meanwhile");
            assertThat(wrong.takeBack()).isFalse();
        });
    }

    private void expect(CompactionInvariant invariant) {
        ObjectNode spec = plan.spec().deepCopy();
        invariant.writeTo((ObjectNode) spec.path("context"));
        plan = UpkeepRuns.plan(spec);
    }

    private Set<String> created() {
        Set<String> created = new TreeSet<>(Compacting.used(main));
        created.removeAll(before);
        return created;
    }

    private Outcome verify(Set<String> created) {
        return verification.verify(
                run,
                plan,
                new SegmentSnapshot(before, created, List.of(), Map.of(), null, List.of(), null),
                REPORTED,
                main);
    }
}
