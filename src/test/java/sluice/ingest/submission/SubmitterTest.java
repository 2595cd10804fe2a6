package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.spec.SpecBinding;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.druid.TaskStatus;
import sluice.platform.state.Key;
import sluice.simulation.Intercepted;
import sluice.simulation.TableCall;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;

class SubmitterTest {

    private static final Predicate<TableCall> LEASE = call ->
            call.kind() == TableCall.Kind.TRANSACT && call.keys().get(0).pk().startsWith("lease#");

    private final IngestFixture fixture = new IngestFixture();
    private final Submitter submitter = fixture.bean(Submitter.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final LeaseStore leases = fixture.bean(LeaseStore.class);

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

    private static DefinitionText withStream(String mode) {
        return IngestFixture.definition(mode)
                .part(
                        "stream",
                        "[{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]");
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
    void aTaskThatDruidHasAlreadyIsAdopted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        Run setBack = stored(run);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(setBack.state()).isInstanceOf(RunState.Planned.class);
        assertThat(setBack.setbacks()).isEqualTo(1);
        assertThat(setBack.lastError()).contains("SUBMIT: answer lost");
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void anotherTaskUnderTheIdIsLeftAlone() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.tasks().submit(run.taskId(), "{\"type\": \"noop\"}");

        // When
        submitter.submit(run.id());

        // Then
        assertProblem(run, Problem.Code.TASK_CONFLICT, "whose spec hash is ''");
        assertThat(stored(run).mayHaveLoaded()).isTrue();
        assertThat(task(run).path("type").asText()).isEqualTo("noop");
        assertThat(status(run)).isEqualTo(TaskStatus.Code.RUNNING);
    }

    @Test
    void aTaskThatCannotBeComparedIsTriedLater() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.tasks().submit(run.taskId(), "{\"type\": \"noop\"}");
        fixture.druid.faults(
                CallFaults.once(DruidCall.FIND_TASK, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).lastError()).contains("FIND_TASK");
    }

    @Test
    void aTaskThatDruidHasAndDoesNotShowIsComparedLater() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Repeated()));
        fixture.clusters.add(Intercepted.of(
                DruidCluster.class,
                fixture.druid,
                (name, arguments, original) ->
                        name.equals("DruidTasks.find") ? Optional.empty() : original.call(arguments)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).lastError()).contains(run.taskId());
    }

    @Test
    void aTaskThatDruidRefusesEndsTheRun() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Run broken = withSpec(run, "{\"type\": \"nonsense\"}");

        // When
        submitter.submit(broken.id());

        // Then
        assertThat(stored(broken).state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(Problem.Code.REFUSED_BY_DRUID);
            assertThat(refused.problem().message()).contains("nonsense");
        });
        assertThat(leases.held(FEED)).isEmpty();
    }

    @Test
    void aCallThatDruidRefusesForGoodEndsTheRun() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.USED_SEGMENTS, new CallFault.Refused(DruidException.Code.REFUSED)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().code())
                .isEqualTo(Problem.Code.REFUSED_BY_DRUID));
    }

    @Test
    void aClusterThatDoesNotAnswerIsTriedForTwoDays() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        fixture.clock.advance(Duration.ofDays(2));
        submitter.submit(run.id());
        Run waiting = stored(run);
        fixture.clock.advance(Duration.ofSeconds(1));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(waiting.state()).isInstanceOf(RunState.Planned.class);
        assertProblem(run, Problem.Code.UNREACHABLE, "TASK_TABLE: refused");
        assertThat(leases.held(FEED)).isEmpty();
    }

    @Test
    void aRunWaitsForAClusterThatTheEnvironmentDoesNotHave() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.clusters.remove("main");

        // When
        submitter.submit(run.id());

        // Then
        assertThat(fixture.stored(run).state()).isEqualTo(run.state());
        assertThat(fixture.stored(run).lastError()).contains("no cluster main, only [other]");
    }

    @Test
    void aRunWaitsForTheOneThatHoldsItsChunk() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isEqualTo(new RunState.Waiting(fixture.clock.instant(), holder.id()));
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
    }

    @Test
    void aRunThatWaitsSaysForWhat() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);
        submitter.submit(run.id());

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Waiting.class);
        assertThat(stored(run).lastError()).isEqualTo("run " + holder.id() + " writes the same time chunk");
    }

    @Test
    void aRunGetsItsTurnWhenTheOtherHasEnded() {
        // Given
        Run holder = fixture.planned("replace", "a.json", 3);
        submitter.submit(holder.id());
        Run run = fixture.planned("replace", "b.json", 3);
        submitter.submit(run.id());
        fixture.druid.settle();
        fixture.available(stored(holder));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void twoThatAskForAChunkAtTheSameMomentWait() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.failures.conflict(LEASE);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isEqualTo(new RunState.Waiting(fixture.clock.instant(), null));
    }

    @Test
    void aRunThatWaitsIsSetBackWhenItContends() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.failures.conflict(LEASE).conflict(LEASE);
        submitter.submit(run.id());

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).lastError()).isEqualTo("another run asked for the same time chunk at the same moment");
    }

    @Test
    void aRunThatIsCancelledWhileItsTaskIsPostedWaitsForTheEndOfTheTask() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.SUBMIT, () -> fixture.bean(Cancellation.class).cancel(run.id(), "not needed"));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state())
                .isInstanceOfSatisfying(RunState.Running.class, state -> assertThat(state.cancelReason())
                        .isEqualTo("not needed"));
        assertThat(leases.holder(FEED, DAY)).isPresent();
    }

    @Test
    void ofTwoSubmittersTheSlowerLeavesTheTaskToTheFaster() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.SUBMIT, () -> submitter.submit(run.id()));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(status(run)).isEqualTo(TaskStatus.Code.RUNNING);
    }

    @Test
    void aRunThatIsSupersededBeforeItsTaskIsPostedIsNotPosted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.USED_SEGMENTS, () -> fixture.planned("replace", "b.json", 3));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Superseded.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
        assertThat(runs.segmentMark(run)).isEmpty();
    }

    @Test
    void aRunThatIsCancelledBeforeItsTaskIsPostedIsNotPosted() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.USED_SEGMENTS, () -> fixture.bean(Cancellation.class).cancel(run.id(), "not needed"));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Cancelled.class);
        assertThat(fixture.druid.tasks().find(run.taskId())).isEmpty();
    }

    @Test
    void aSupersededRunReturnsItsLeases() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        leases.take(run);

        // When
        fixture.planned("replace", "b.json", 3);

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Superseded.class);
        assertThat(fixture.table.items()).noneMatch(item -> Key.of(item).pk().startsWith("lease#"));
    }

    @Test
    void aDelayedSubmitterDoesNotOverwriteTheSnapshot() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        List<String> before = fixture.druid.usedSegments("wiki");
        during(DruidCall.USED_SEGMENTS, () -> {
            submitter.submit(run.id());
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.druid.settle();
        });

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(fixture.druid.usedSegments("wiki")).hasSize(2);
        assertThat(runs.segmentMark(run).orElseThrow().before()).containsExactlyElementsOf(before);
    }

    @Test
    void aTaskWhoseRunHasEndedWhileItWasPostedIsShutDown() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        during(DruidCall.SUBMIT, () -> fixture.failed(stored(run), Problem.Code.TASK_LOST));

        // When
        Throwable failure = catchThrowable(() -> submitter.submit(run.id()));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(status(run)).isEqualTo(TaskStatus.Code.FAILED);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "NOT_FOUND"})
    void aRefusalOfTheRepeatedCallDoesNotEndTheRunOfATaskThatDruidHas(DruidException.Code code) {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(code)));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aRefusalAfterALostAnswerDoesNotEndTheRunOfATaskThatDruidHas() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        fixture.druid.faults(CallFaults.once(DruidCall.SUBMIT, new CallFault.Refused(DruidException.Code.REFUSED)));
        submitter.submit(run.id());
        Run refused = stored(run);

        // When
        submitter.submit(run.id());

        // Then
        assertThat(refused.state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aRunThatDruidMayHaveIsNotGivenUpInAnOutage() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        submitter.submit(run.id());
        fixture.druid.faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        fixture.clock.advance(Duration.ofDays(3));

        // When
        submitter.submit(run.id());

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.Planned.class);
        assertThat(stored(run).dueAt()).isNotNull();
        assertThat(stored(run).lastError()).contains("SUBMIT: refused");
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

    /** Does something in the middle of the first such call, before it takes effect. */
    private void during(DruidCall moment, Runnable something) {
        fixture.druid.faults(new CallFaults() {
            private boolean isDone;

            @Override
            public Optional<CallFault> next(DruidCall call, String subject) {
                if (call == moment && !isDone) {
                    isDone = true;
                    something.run();
                }
                return Optional.empty();
            }
        });
    }

    /** Replaces a planned run by one with the same chunk whose task is this. */
    private Run withSpec(Run run, String spec) {
        fixture.bean(Transitions.class)
                .move(run, ((RunState.Live) run.state()).cancelled(fixture.clock.instant(), "replaced by the test"));
        return TaskRunsTest.storedWith(fixture, spec);
    }

    private void assertProblem(Run run, Problem.Code code, String message) {
        assertThat(stored(run).state()).isInstanceOfSatisfying(RunState.Failed.class, failed -> {
            assertThat(failed.problem().code()).isEqualTo(code);
            assertThat(failed.problem().message()).contains(message);
        });
    }

    private Run stored(Run run) {
        return fixture.stored(run);
    }

    private JsonNode task(Run run) {
        return fixture.druid.tasks().find(run.taskId()).orElseThrow();
    }

    private TaskStatus.Code status(Run run) {
        Map<String, TaskStatus> statuses = fixture.druid.tasks().statuses(List.of(run.taskId()));
        return statuses.get(run.taskId()).code();
    }
}
