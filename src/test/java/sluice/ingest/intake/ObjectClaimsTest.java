package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.Key;

class ObjectClaimsTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Ledger ledger = fixture.bean(Ledger.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final ObjectClaims claims = fixture.bean(ObjectClaims.class);
    private InputObject object;
    private Run run;

    @BeforeEach
    void anObjectOfARun() {
        object = fixture.upload("a.json", 3);
        run = runs.save(Run.first(
                "run-1",
                FEED.cluster(),
                FEED.datasource(),
                RunKind.BATCH,
                Mode.APPEND,
                List.of(DAY),
                "hash",
                "spec",
                Duration.ofHours(4),
                fixture.clock.instant()));
        ledger.assign(run, List.of(object));
    }

    @Test
    void aRunThatLivesClaimsItsObjects() {
        assertThat(isFree(object)).isFalse();
        assertThat(isTakenAlong(object, afterwards())).isFalse();
    }

    @Test
    void aRunThatHasLoadedClaimsItsObjects() {
        // Given
        end(fixture.available(run));

        // Then
        assertThat(isFree(object)).isFalse();
        assertThat(isTakenAlong(object, afterwards())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void aRunThatHasFailedClaimsWhatItMayHaveLoaded(Problem.Code code) {
        // Given
        end(fixture.failed(run, code));

        // Then
        assertThat(isFree(object)).isEqualTo(!new Problem(code, "it broke").mayHaveLoaded());
    }

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void whatHasFailedIsTakenAlongIfTheFailureWasNotAboutIt(Problem.Code code) {
        // Given
        Run failed = fixture.failed(run, code);
        end(failed);

        // Then
        assertThat(isTakenAlong(object, afterwards()))
                .isEqualTo(!failed.mayHaveLoaded() && !new Problem(code, "it broke").isAboutInput());
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void aRunThatHasFailedKeepsItsObjectsUntilSomethingArrives(int secondsAfter, boolean isFree) {
        // Given
        fixture.clock.advance(Duration.ofMinutes(1));
        end(fixture.failed(run, Problem.Code.UNREACHABLE));

        // Then
        assertThat(isTakenAlong(object, fixture.clock.instant().plusSeconds(secondsAfter)))
                .isEqualTo(isFree);
    }

    @Test
    void anotherDefinitionTriesAgainWhatHasFailed() {
        // Given
        end(fixture.failed(run, Problem.Code.TASK_FAILED));

        // Then
        assertThat(claims.free(FEED, List.of(object), afterwards(), "another hash"))
                .containsExactly(object);
    }

    @Test
    void whatWasUploadedAgainIsTriedAgain() {
        // Given
        end(fixture.failed(run, Problem.Code.TASK_FAILED));
        InputObject again = new InputObject(
                object.bucket(),
                object.key(),
                object.etag(),
                object.size(),
                fixture.clock.instant().plusSeconds(1));

        // Then
        assertThat(isTakenAlong(again, Instant.EPOCH)).isTrue();
    }

    @Test
    void whatAFurtherAttemptLoadsIsClaimedAlthoughTheLedgerDoesNotKnowItYet() {
        // Given
        end(fixture.failed(run, Problem.Code.TASK_FAILED));
        RunState.Ended end = (RunState.Ended) fixture.stored(run).state();
        runs.save(fixture.stored(run)
                .nextAttempt(end.again(fixture.clock.instant()), 2, "hash", "spec", run.timeLimit()));

        // Then
        assertThat(isFree(object)).isFalse();
    }

    @Test
    void anObjectOfAnotherFeedIsFree() {
        assertThat(claims.free(new Feed("other", "wiki"), List.of(object))).containsExactly(object);
    }

    @Test
    void anotherVersionOfTheObjectIsFree() {
        // Given
        InputObject newer = fixture.upload("a.json", 4);

        // Then
        assertThat(isFree(newer)).isTrue();
    }

    @Test
    void anObjectThatGathersIsFree() {
        // Given
        InputObject other = fixture.upload("b.json", 3);
        ledger.note(other.version(), FEED, LedgerEntry.Outcome.Gathering, fixture.clock.instant(), null);

        // Then
        assertThat(isFree(other)).isTrue();
        assertThat(isTakenAlong(other, Instant.EPOCH)).isTrue();
    }

    @Test
    void theLedgerKnowsWhatARunHasLoadedThatIsForgotten() {
        // Given
        end(fixture.available(run));

        // When
        fixture.table.remove(Key.run(run.id()));

        // Then
        assertThat(isFree(object)).isFalse();
        assertThat(isTakenAlong(object, afterwards())).isFalse();
        assertThat(claims.runsOf(FEED, List.of(object))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Available, false", "Failed, true", "Planned, true", "RolledBack, true"})
    void anEntryOfAnEarlierVersionDecidesByItsState(String state, boolean isFree) {
        // Given
        fixture.table.put(Item.at(Key.object(object.version(), FEED))
                .with("objectState", state)
                .with("runId", "forgotten")
                .with("updatedAt", fixture.clock.instant()));

        // Then
        assertThat(isFree(object)).isEqualTo(isFree);
        assertThat(isTakenAlong(object, afterwards())).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"TASK_FAILED, false", "UNREACHABLE, true"})
    void anEntryOfAnEarlierVersionDecidesByItsRun(Problem.Code code, boolean isTakenAlong) {
        // Given
        fixture.failed(run, code);

        // Then
        assertThat(isFree(object)).isTrue();
        assertThat(isTakenAlong(object, afterwards())).isEqualTo(isTakenAlong);
    }

    @Test
    void theRunsOfObjectsAreNamedOnce() {
        // Given
        InputObject other = fixture.upload("b.json", 3);
        ledger.assign(run, List.of(other));

        // Then
        assertThat(claims.runsOf(FEED, List.of(object, other))).containsExactly(run);
    }

    private boolean isFree(InputObject asked) {
        return !claims.free(FEED, List.of(asked)).isEmpty();
    }

    private boolean isTakenAlong(InputObject asked, Instant lastArrival) {
        return !claims.free(FEED, List.of(asked), lastArrival, "hash").isEmpty();
    }

    private void end(Run ended) {
        ledger.ended(ended, ended.state(), List.of(object), 3L, List.of());
    }

    private Instant afterwards() {
        return fixture.clock.instant().plus(Duration.ofDays(1));
    }
}
