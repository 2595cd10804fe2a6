package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.spec.SpecBinding;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;

/** What a submission does on its way to Druid. */
class SubmitterTest extends SubmissionTest {

    @Test
    void aPlannedRunIsSubmitted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isEqualTo(new RunState.Submitted(fixture.clock.instant(), run.taskId()));
        JsonNode task = task(run);
        assertThat(task.at("/context").path(SpecBinding.SPEC_HASH).asText()).isEqualTo(run.specHash());
        assertThat(task.at("/context").path(SpecBinding.RUN_ID).asText()).isEqualTo(run.id());
        assertThat(task.at("/spec/ioConfig/inputSource/type").asText()).isEqualTo("s3");
        assertThat(leases.holder(FEED, DAY).orElseThrow().id()).isEqualTo(run.id());
        assertThat(fixture.events()).containsExactly("sluice.run.planned", "sluice.run.submitted");
    }

    /** What it has read and not published yet would come after the replace, whose files hold it, too. */
    @Test
    void aReplaceWaitsUntilNoStreamAppendsToItsChunk() {
        // Given: a stream's task has the lock that goes with concurrent replaces
        String reading =
                fixture.druid.others().stream("wiki", InputRows.at(DAY.start().plusSeconds(7_200), 5));
        fixture.druid.advance();
        Run run = fixture.planned(withStream("replace"), "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Waiting.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
        assertThat(leases.holder(FEED, DAY)).as("others may write meanwhile").isEmpty();

        // When: the task has published
        fixture.druid.settle();
        submitter.submit(run.id());

        // Then
        assertThat(reading).startsWith("index_kafka");
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aReplaceOfAnotherChunkDoesNotWaitForTheStream() {
        // Given
        fixture.druid.others().stream("wiki", InputRows.at(NEXT_DAY.start(), 5));
        fixture.druid.advance();
        Run run = fixture.planned(withStream("replace"), "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void anAppendDoesNotWaitForTheStream() {
        // Given
        fixture.druid.others().stream("wiki", InputRows.at(DAY.start(), 5));
        fixture.druid.advance();
        Run run = fixture.planned(withStream("append"), "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    /** A task that may be there already is looked for, whoever writes now. */
    @Test
    void aReplaceThatMayHaveBeenPostedIsNotHeldBackByAStream() {
        // Given: the answer to the POST was lost
        Run run = fixture.planned(withStream("replace"), "a.json", 3);
        fixture.druid.faults((call, subject) -> call == DruidCall.SUBMIT
                ? Optional.of(new CallFault.AnswerLost(DruidException.Code.TIMED_OUT))
                : Optional.empty());
        submitter.submit(run.id());
        fixture.druid.faults(CallFaults.NONE);
        fixture.druid.others().stream("wiki", InputRows.at(DAY.start(), 5));
        fixture.druid.advance();

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void anUnknownRunIsIgnored() {
        // When
        submitter.submit("unknown");

        // Then
        assertThat(fixture.runs()).isEmpty();
    }

    @Test
    void aRepeatedEventDoesNothing() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        submitter.submit(run.id());
        Run submitted = stored(run);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run)).isEqualTo(submitted);
    }

    @Test
    void theSegmentsOfTheChunkAreNotedBeforeTheTaskIsPosted() {
        // Given
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(runs.segmentMark(run).orElseThrow().before())
                .hasSize(1)
                .containsExactlyElementsOf(fixture.druid.usedSegments("wiki"));
        assertThat(runs.segmentMark(run).orElseThrow().workers()).isEmpty();
    }

    @Test
    void aTaskOfSeveralPhasesNotesTheServersToo() {
        // Given
        DefinitionText text = IngestFixture.definition("replace")
                .granularity("{segmentGranularity: DAY, queryGranularity: HOUR, rollup: true}")
                .batch("tuningConfig", "{maxNumConcurrentSubTasks: 2}")
                .batch("partitions", "{type: hashed}");
        Run run = fixture.planned(text, "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(runs.segmentMark(run).orElseThrow().workers()).isEqualTo(fixture.druid.workers());
    }

    @Test
    void theNoteIsMadeOnceAnAttempt() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        fixture.druid.settle();

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(1);
        assertThat(runs.segmentMark(run).orElseThrow().before()).isEmpty();
    }

    @Test
    void aClusterWithoutAccessToS3GetsAddresses() {
        // Given
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        JsonNode source = task(run).at("/spec/ioConfig/inputSource");
        assertThat(source.path("type").asText()).isEqualTo("http");
        assertThat(source.at("/uris/0").asText()).contains("/wiki/dt%3D2026-01-01/a.json?X-Amz-Expires=14400");
        assertThat(runs.plan(run).spec().toString()).doesNotContain("X-Amz");
    }

    @Test
    void aTaskThatLoadsNoFilesNeedsNoAddresses() {
        // Given
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);
        Run run = fixture.bean(TaskRuns.class).plan(TaskDrafts.compaction("identity"));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(run.kind()).isEqualTo(RunKind.COMPACT);
        assertThat(run.mode()).isEqualTo(Mode.REPLACE);
    }

    private static DefinitionText withStream(String mode) {
        return IngestFixture.definition(mode)
                .part(
                        "stream",
                        "[{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]");
    }
}
