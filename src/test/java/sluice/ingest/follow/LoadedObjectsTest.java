package sluice.ingest.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.FEED;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.intake.Intake;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.TaskDrafts;
import sluice.ingest.submission.TaskRuns;
import sluice.ingest.tracking.RunTakeBack;
import sluice.platform.objects.ObjectStoreException;
import sluice.simulation.Calls;
import sluice.simulation.ObjectCall;
import sluice.simulation.ObjectCall.Operation;

class LoadedObjectsTest {

    private final IngestFixture fixture = new IngestFixture();

    @Test
    void objectsOfAnAvailableRunAreTagged() {
        // Given
        Run run = available(fixture);

        // When
        end(fixture, run);

        // Then
        assertThat(tags(fixture, run)).isEqualTo(tagged(run, "available"));
        assertThat(remembered(fixture, run)).contains(new RunTags("available", fixture.clock.instant(), 1, 1, null));
    }

    @Test
    void aRunThatHasLoadedNothingTagsNothing() {
        // Given
        Run run = fixture.failed(fixture.planned("replace", "a.json", 3), Problem.Code.TASK_FAILED);

        // When
        end(fixture, run);

        // Then
        assertThat(tags(fixture, run)).isEmpty();
    }

    @Test
    void anEnvironmentMayGoWithoutTags() {
        // Given
        IngestFixture untagged = new IngestFixture(Map.of("sluice.tagging", "false"));
        Run run = available(untagged);

        // When
        end(untagged, run);

        // Then
        assertThat(tags(untagged, run)).isEmpty();
        assertThat(remembered(untagged, run)).isEmpty();
    }

    @Test
    void whatIsTakenBackIsTaggedSo() {
        // Given
        Run run = available(fixture);
        end(fixture, run);
        fixture.bean(RunTakeBack.class).rolledBack(run, "version 2 was rolled back");

        // When
        end(fixture, fixture.stored(run));

        // Then
        assertThat(tags(fixture, run)).isEqualTo(tagged(run, "rolled-back"));
        assertThat(remembered(fixture, fixture.stored(run))).map(RunTags::state).contains("rolled-back");
        assertThat(remembered(fixture, run)).as("tags of an earlier state").isEmpty();
    }

    @Test
    void whatIsTakenBackWithoutTagsStaysWithout() {
        // Given
        Run run = available(fixture);
        fixture.bean(RunTakeBack.class).rolledBack(run, "version 2 was rolled back");

        // When
        end(fixture, fixture.stored(run));

        // Then
        assertThat(tags(fixture, run)).isEmpty();
    }

    @Test
    void anObjectWaitsForAllClusters() {
        // Given
        Run run = available(fixture);
        fixture.define(IngestFixture.definition("replace").cluster("main, other"));

        // When
        end(fixture, run);

        // Then
        assertThat(tags(fixture, run)).isEmpty();
        assertThat(remembered(fixture, run)).isEmpty();
    }

    @Test
    void anObjectThatIsAvailableOnAllClustersIsTagged() {
        // Given
        Run run = available(fixture);
        fixture.define(IngestFixture.definition("replace").cluster("main, other"));
        fixture.bean(Intake.class).arrived(fixture.notification(object(fixture, run)));
        Run other = ended(fixture, onOther());

        // When
        end(fixture, other);

        // Then
        assertThat(tags(fixture, run)).isEqualTo(tagged(other, "available"));
    }

    @Test
    void anObjectWaitsForAnotherDatasourceThatGathersIt() {
        // Given
        Run run = available(fixture);
        ledger(fixture)
                .note(
                        object(fixture, run).version(),
                        new Feed("main", "news"),
                        Outcome.Gathering,
                        fixture.clock.instant(),
                        null);

        // When
        end(fixture, run);

        // Then
        assertThat(tags(fixture, run)).isEmpty();
    }

    @Test
    void anOutcomeWithoutARunHoldsNothingUp() {
        // Given
        Run run = available(fixture);
        ledger(fixture).note(object(fixture, run).version(), new Feed("main", "news"), Outcome.Empty, null, "no bytes");

        // When
        end(fixture, run);

        // Then
        assertThat(tags(fixture, run)).isEqualTo(tagged(run, "available"));
    }

    @Test
    void anEntryOfAnotherVersionHoldsNothingUp() {
        // Given
        Run run = available(fixture);
        InputObject object = object(fixture, run);
        InputObject older =
                new InputObject(object.bucket(), object.key(), "older", object.size(), object.lastModified());
        ledger(fixture).note(older.version(), FEED, Outcome.Gathering, fixture.clock.instant(), null);

        // When
        end(fixture, run);

        // Then
        assertThat(tags(fixture, run)).isEqualTo(tagged(run, "available"));
    }

    @Test
    void aStoreWithoutTagsIsAskedOnce() {
        // Given
        fixture.upload("b.json", 3);
        Run run = available(fixture);
        fixture.objects.withdraw(Operation.READ_TAGS);
        List<Operation> calls = new ArrayList<>();
        fixture.objects.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                calls.add(call.operation());
            }
        });

        // When
        end(fixture, run);

        // Then
        assertThat(fixture.bean(RunStore.class).plan(run).objects()).hasSize(2);
        assertThat(calls).containsExactly(Operation.HEAD, Operation.READ_TAGS);
        assertThat(remembered(fixture, run)).hasValueSatisfying(tags -> {
            assertThat(tags.tagged()).isZero();
            assertThat(tags.objects()).isEqualTo(2);
            assertThat(tags.problem()).isNotBlank();
        });
    }

    @ParameterizedTest
    @EnumSource(ObjectStoreException.Code.class)
    void onlyAFailureThatMayPassIsTriedAgain(ObjectStoreException.Code code) {
        // Given
        Run run = available(fixture);
        fixture.objects.watch(new Calls<>() {
            @Override
            public void before(ObjectCall call) {
                if (call.operation() == Operation.READ_TAGS) {
                    throw new ObjectStoreException(code, "S3 says no");
                }
            }
        });

        // When
        Throwable failure = catchThrowable(() -> end(fixture, run));

        // Then
        boolean isFinal = code == ObjectStoreException.Code.FORBIDDEN || code == ObjectStoreException.Code.UNSUPPORTED;
        assertThat(failure == null).isEqualTo(isFinal);
    }

    @Test
    void aRunThatLoadsNoFilesHasNoObjects() {
        // Given
        Run run = fixture.available(fixture.bean(TaskRuns.class).plan(TaskDrafts.compaction("identity")));

        // When
        end(fixture, run);

        // Then
        assertThat(fixture.stored(run)).isEqualTo(run);
    }

    private static void end(IngestFixture of, Run run) {
        of.bean(LoadedObjects.class).ended(run);
    }

    private static Optional<RunTags> remembered(IngestFixture of, Run run) {
        return of.bean(RunTagStore.class).find(run);
    }

    private static Map<String, String> tagged(Run run, String state) {
        return Map.of(ObjectTags.RUN, run.id(), ObjectTags.STATE, state);
    }

    private static Run available(IngestFixture of) {
        return ended(of, of.planned("replace", "a.json", 3));
    }

    private Run onOther() {
        return fixture.runs().stream()
                .filter(run -> run.cluster().equals("other"))
                .findFirst()
                .orElseThrow();
    }

    private static Run ended(IngestFixture of, Run planned) {
        Run run = of.available(planned);
        ledger(of).ended(run, run.state(), of.bean(RunStore.class).plan(run).objects(), 3L, List.of());
        return run;
    }

    private static Ledger ledger(IngestFixture of) {
        return of.bean(Ledger.class);
    }

    private static InputObject object(IngestFixture of, Run run) {
        return of.bean(RunStore.class).plan(run).objects().get(0);
    }

    private static Map<String, String> tags(IngestFixture of, Run run) {
        return of.objects.tags(object(of, run).location(), null);
    }
}
