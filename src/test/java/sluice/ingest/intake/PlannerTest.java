package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.simulation.Calls;
import sluice.simulation.ObjectCall;
import sluice.simulation.TableCall;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

class PlannerTest {

    private static final ChunkId CHUNK = new ChunkId(FEED, DAY);
    private static final Predicate<TableCall> TRANSACTION = call -> call.kind() == TableCall.Kind.TRANSACT;

    private final IngestFixture fixture = new IngestFixture();
    private final Planner planner = fixture.bean(Planner.class);
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final Ledger ledger = fixture.bean(Ledger.class);

    @Test
    void aReplaceLoadsAllObjectsOfTheChunk() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = fixture.upload("a.json", 3);
        InputObject second = arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        Run run = fixture.run();
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
        assertThat(run.feed()).isEqualTo(FEED);
        assertThat(run.mode()).isEqualTo(Mode.REPLACE);
        assertThat(run.chunks()).containsExactly(DAY);
        assertThat(run.outbox()).isEmpty();
        assertThat(objects(run)).containsExactly(first, second);
        assertThat(runOf(first)).isEqualTo(run.id());
        assertThat(runOf(second)).isEqualTo(run.id());
        assertThat(chunk().isPlanned()).isTrue();
        assertThat(chunk().lastRun()).isEqualTo(run.id());
        assertThat(chunk().ledgerRun()).isEqualTo(run.id());
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aChunkForWhichNothingHasArrivedNeedsNoPlan() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.upload("a.json", 3);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
    }

    @Test
    void aChunkThatIsPlannedIsLeftAlone() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        planner.plan(CHUNK);
        fixture.upload("b.json", 3);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).hasSize(1);
    }

    @Test
    void anAppendLeavesOutWhatARunHasClaimed() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        InputObject second = arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        Run run = other(earlier);
        assertThat(objects(run)).containsExactly(second);
        assertThat(runOf(first)).isEqualTo(earlier.id());
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void anAppendWithoutNewObjectsEndsTheGeneration() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject object = arrive("a.json");
        planner.plan(CHUNK);
        touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).hasSize(1);
        assertThat(chunk().isPlanned()).isTrue();
    }

    @Test
    void aReplaceSupersedesTheRunThatIsNotSubmittedYet() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        InputObject second = arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        Run run = other(earlier);
        assertThat(objects(run)).containsExactly(first, second);
        assertThat(fixture.stored(earlier).state())
                .isInstanceOfSatisfying(
                        RunState.Superseded.class, end -> assertThat(end.by()).isEqualTo(run.id()));
        assertThat(runOf(first)).isEqualTo(run.id());
        assertThat(fixture.events())
                .containsExactly("sluice.run.planned", "sluice.run.planned", "sluice.run.superseded");
    }

    @Test
    void aReplaceLeavesARunAloneThatDruidMayHave() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        fixture.bean(Submitter.class).submit(earlier.id());
        arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
        assertThat(other(earlier).state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void aReplaceLeavesARunAloneThatDruidHas() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.submitted(fixture.run());
        arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(other(earlier).state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void theSameObjectsAreTheSameRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = arrive("a.json");
        planner.plan(CHUNK);
        touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
        assertThat(chunk().isPlanned()).isTrue();
    }

    @Test
    void anUploadAfterAFailureTriesAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = arrive("a.json");
        planner.plan(CHUNK);
        fixture.failed(fixture.run(), Problem.Code.TASK_FAILED);
        fixture.clock.advance(Duration.ofMinutes(1));
        touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        Run run = fixture.run();
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.plan()).isEqualTo(2);
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void aRepeatedEventDoesNotRepeatAFailedRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = arrive("a.json");
        planner.plan(CHUNK);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.failed(fixture.run(), Problem.Code.TASK_FAILED);
        chunks.touch(CHUNK, fixture.clock.instant().minus(Duration.ofMinutes(1)), Duration.ZERO);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
        assertThat(fixture.run().state()).isInstanceOf(RunState.Failed.class);
    }

    @Test
    void anUploadAfterSuccessIsNoReasonToLoadTheSameObjectsAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = arrive("a.json");
        planner.plan(CHUNK);
        fixture.available(fixture.run());
        fixture.clock.advance(Duration.ofMinutes(1));
        touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().state()).isInstanceOf(RunState.Available.class);
    }

    @Test
    void aListingThatIsWhatItWasBeforeAnotherRunReplacedTheChunkIsLoadedAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.available(fixture.run());
        touch(fixture.upload("a.json", 4));
        planner.plan(CHUNK);
        fixture.available(other(earlier));
        touch(fixture.upload("a.json", 3));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).attempt()).isEqualTo(2);
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
        assertThat(chunk().lastRun()).isEqualTo(earlier.id());
    }

    @Test
    void aSupersededRunIsWantedAgainWhenItsObjectsAre() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        InputObject second = arrive("b.json");
        planner.plan(CHUNK);
        Run between = other(earlier);
        fixture.delete(second);
        touch(first);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
        assertThat(fixture.stored(between).state()).isInstanceOf(RunState.Superseded.class);
    }

    @Test
    void anAppendedObjectIsTriedAgainAfterAFailureThatWasNotAboutItAndANewArrival() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = arrive("a.json");
        planner.plan(CHUNK);
        fixture.failed(fixture.run(), Problem.Code.UNREACHABLE);
        Run earlier = fixture.run();
        fixture.clock.advance(Duration.ofMinutes(1));
        InputObject second = arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(other(earlier))).containsExactly(first, second);
    }

    @Test
    void anEmptyObjectIsNotLoaded() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = arrive("a.json");
        InputObject empty = fixture.uploadEmpty(DAY, "empty.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(fixture.run())).containsExactly(object);
        assertThat(entry(empty).state()).isEqualTo("Empty");
        assertThat(entry(empty).run()).isNull();
    }

    @Test
    void anObjectThatWasDeletedAgainHasAnOutcome() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject gone = arrive("a.json");
        InputObject object = arrive("b.json");
        fixture.delete(gone);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(fixture.run())).containsExactly(object);
        assertThat(entry(gone).state()).isEqualTo("Gone");
    }

    @Test
    void aChunkWhoseObjectsAreAllGoneNeedsNoRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.delete(arrive("a.json"));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(chunk().isPlanned()).isTrue();
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void objectsWaitForADefinitionThatIsGone() {
        // Given
        arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk().isPlanned()).isFalse();
        assertDueAfter(Duration.ofMinutes(5));
    }

    @Test
    void objectsWaitForADefinitionThatLoadsNoFiles() {
        // Given
        fixture.define(IngestFixture.definition("replace")
                .withoutBatch()
                .part(
                        "stream",
                        "[{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"kafka:9092\"}}]"));
        arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertDueAfter(Duration.ofMinutes(5));
    }

    @Test
    void objectsWaitForAClusterThatTheEnvironmentDoesNotHave() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.clusters.remove("main");
        arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertDueAfter(Duration.ofMinutes(5));
    }

    @Test
    void objectsWaitWhileTheSamplerDoesNotAnswer() {
        // Given
        fixture.define(rolledUp());
        fixture.druid.faults(CallFaults.once(DruidCall.SAMPLE, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(chunk().isPlanned()).isFalse();
        assertDueAfter(Duration.ofSeconds(30));
    }

    @Test
    void anArrivalDuringThePlanningJoinsTheRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = arrive("a.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                arrive("b.json");
            }
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(fixture.run())).hasSize(2).contains(first);
        assertThat(chunk().isPlanned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aChunkThatNeverRestsIsPlannedAndStaysDueForTheRest(String mode) {
        // Given
        fixture.define(IngestFixture.definition(mode));
        arrive("a.json");
        fixture.columns.meanwhile(() -> arrive("b" + fixture.columns.looks() + ".json"));
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(fixture.run())).hasSize(5);
        assertThat(chunk().isPlanned()).isFalse();
        assertThat(chunk().generation()).isEqualTo(6);
        assertThat(chunk().planned()).isEqualTo(5);
        assertThat(chunk().waitingSince()).isEqualTo(fixture.clock.instant());
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void whatArrivedWhileAChunkWasPlannedIsPlannedNext() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        arrive("a.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() <= 5) {
                arrive("b" + fixture.columns.looks() + ".json");
            }
        });
        planner.plan(CHUNK);
        Run earlier = fixture.run();

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(other(earlier))).hasSize(1);
        assertThat(chunk().isPlanned()).isTrue();
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void aChunkThatOthersKeepPlanningStaysDue() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        fixture.columns.meanwhile(() -> {
            ChunkState state = chunks.find(CHUNK).orElseThrow();
            fixture.table.updateIf(
                    CHUNK.key(), Changes.NONE.set("plannedAt", chunks.nextPlan(List.of(state))), Condition.ALWAYS);
        });

        // Then
        assertThatThrownBy(() -> planner.plan(CHUNK))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("main/wiki");
        assertThat(fixture.runs()).isEmpty();
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void anArrivalBeforeAnEmptyGenerationEndsIsPlanned() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.delete(arrive("a.json"));
        fixture.objects.watch(new Calls<>() {
            private boolean isDone;

            @Override
            public void after(ObjectCall call) {
                if (!isDone) {
                    isDone = true;
                    arrive("b.json");
                }
            }
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(objects(fixture.run())).hasSize(1);
    }

    @Test
    void ofTwoPlannersOneWins() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                planner.plan(CHUNK);
            }
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aTransactionThatMeetsAnotherIsTriedAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        fixture.failures.conflict(TRANSACTION);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void aFailureOfTheTableLeavesTheChunkDue() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        fixture.failures.timeOutBefore(TRANSACTION);

        // Then
        assertThatThrownBy(() -> planner.plan(CHUNK)).isInstanceOf(StateException.class);
        assertThat(fixture.runs()).isEmpty();
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void theNextPlannerCompletesTheLedgerOfOneThatDied() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = arrive("a.json");
        fixture.failures.timeOutAfter(TRANSACTION);
        assertThatThrownBy(() -> planner.plan(CHUNK)).isInstanceOf(StateException.class);
        Run earlier = fixture.run();
        LedgerEntry before = entry(first);
        InputObject second = arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(before.run()).isNull();
        assertThat(runOf(first)).isEqualTo(earlier.id());
        assertThat(objects(other(earlier))).containsExactly(second);
    }

    @Test
    void theLedgerOfARunThatIsGoneIsComplete() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        arrive("a.json");
        fixture.failures.timeOutAfter(TRANSACTION);
        assertThatThrownBy(() -> planner.plan(CHUNK)).isInstanceOf(StateException.class);
        Run earlier = fixture.run();
        fixture.table.remove(Key.run(earlier.id()));
        arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().id()).isNotEqualTo(earlier.id());
        assertThat(chunk().ledgerRun()).isEqualTo(fixture.run().id());
    }

    @Test
    void aBatchThatIsTooLargeForATaskIsRefused() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);
        InputObject object = arrive("a.json");
        fixture.uploadMany(DAY, 8_000);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains("SLU-0932", "8001 objects"));
        assertThat(entry(object).state()).isEqualTo("Refused");
        assertThat(chunk().isPlanned()).isTrue();
    }

    private InputObject arrive(String name) {
        InputObject object = fixture.upload(name, 3);
        touch(object);
        return object;
    }

    private void touch(InputObject object) {
        ChunkState state = chunks.touch(CHUNK, fixture.clock.instant(), Duration.ZERO);
        fixture.bean(ArrivalStore.class).note(CHUNK, state.generation(), object.version());
        ledger.note(object.version(), FEED, LedgerEntry.Outcome.Gathering, fixture.clock.instant(), null);
    }

    private static DefinitionText rolledUp() {
        return IngestFixture.definition("replace")
                .granularity("{segmentGranularity: DAY, queryGranularity: HOUR, rollup: auto}");
    }

    private Run other(Run known) {
        return fixture.runs().stream()
                .filter(run -> !run.id().equals(known.id()))
                .reduce((one, two) -> {
                    throw new AssertionError("more than one other run: " + one + ", " + two);
                })
                .orElseThrow();
    }

    private List<InputObject> objects(Run run) {
        return runs.plan(run).objects();
    }

    private LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    private String runOf(InputObject object) {
        return entry(object).run();
    }

    private ChunkState chunk() {
        return chunks.find(CHUNK).orElseThrow();
    }

    private void assertDueAfter(Duration pause) {
        assertThat(fixture.due()).isEmpty();
        fixture.clock.advance(pause);
        assertThat(fixture.due()).hasSize(1);
    }
}
