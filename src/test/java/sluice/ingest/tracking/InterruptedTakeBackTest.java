package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.SegmentSnapshot;
import sluice.simulation.druid.InputRows;

/** A take-back is interrupted when the run's segments are unused and the coordinator has dropped what they had replaced. */
class InterruptedTakeBackTest {

    private static final Problem BROKEN = new Problem(Problem.Code.TASK_FAILED, "it broke");

    private final IngestFixture fixture = new IngestFixture();
    private final RunCompletion completion = fixture.bean(RunCompletion.class);

    /** A person appends to the chunk while it is empty. The new version hides what is put back in place. */
    @ParameterizedTest
    @CsvSource({"true, person_appends_wiki", "false, a task that Druid does not list"})
    void whatOthersHaveHiddenMeanwhileIsNamed(boolean isListed, String writer) {
        // Given
        Run run = replaced();
        SegmentSnapshot snapshot = interrupted();
        String task = fixture.druid.others().append("wiki", DAY, InputRows.at(DAY.start(), 1));
        fixture.druid.settle();
        String hiding = fixture.druid.usedSegments("wiki").get(0);
        if (!isListed) {
            fixture.druid.forget(task);
        }

        // When
        Optional<Run> clean = completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN);

        // Then
        assertThat(clean).isEmpty();
        Problem problem = Problem.of(fixture.stored(run).state()).orElseThrow();
        assertThat(problem.code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(problem.message())
                .contains("its segments are marked unused", writer)
                .endsWith("; what they had replaced is hidden by segment " + hiding
                        + ": a new run of the time chunk loads the rows again, and replaces that segment, too");
    }

    @Test
    void theNextCheckPutsBackWhatWasReplaced() {
        // Given
        Run run = replaced();
        SegmentSnapshot snapshot = interrupted();

        // When
        Optional<Run> clean = completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN);

        // Then
        assertThat(clean).isPresent();
        assertThat(Set.copyOf(fixture.druid.usedSegments("wiki"))).isEqualTo(snapshot.before());
    }

    /** A run that has replaced rows of somebody else. */
    private Run replaced() {
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.clock.advance(Duration.ofMinutes(1));
        Run run = fixture.inDruid(IngestFixture.definition("replace"), "a.json", 3);
        fixture.druid.settle();
        return run;
    }

    private SegmentSnapshot interrupted() {
        List<String> used = fixture.druid.usedSegments("wiki");
        assertThat(used).hasSize(2);
        fixture.druid.segmentUsage().markUnused("wiki", new TreeSet<>(used));
        fixture.clock.advance(Duration.ofMinutes(1));
        return new SegmentSnapshot(
                Set.of(used.get(0)), Set.of(used.get(1)), List.of(), Map.of(), null, List.of(), BROKEN);
    }

    private static RunState.Live state(Run run) {
        return (RunState.Live) run.state();
    }
}
