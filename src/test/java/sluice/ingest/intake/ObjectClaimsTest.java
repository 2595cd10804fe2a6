package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
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
import sluice.ingest.run.RunStore;
import sluice.platform.state.Key;

class ObjectClaimsTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Ledger ledger = fixture.bean(Ledger.class);
    private final ObjectClaims claims = fixture.bean(ObjectClaims.class);
    private InputObject object;
    private Run run;

    @BeforeEach
    void anObjectOfARun() {
        object = fixture.upload("a.json", 3);
        run = fixture.bean(RunStore.class)
                .save(Run.first(
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
        assertThat(claims.claimed(FEED).test(object)).isTrue();
        assertThat(claims.claimed(FEED, afterwards()).test(object)).isTrue();
    }

    @Test
    void aRunThatHasLoadedClaimsItsObjects() {
        // Given
        fixture.available(run);

        // Then
        assertThat(claims.claimed(FEED).test(object)).isTrue();
        assertThat(claims.claimed(FEED, afterwards()).test(object)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void aRunThatHasFailedClaimsWhatItMayHaveLoaded(Problem.Code code) {
        // Given
        fixture.failed(run, code);

        // Then
        assertThat(claims.claimed(FEED).test(object))
                .isEqualTo(code == Problem.Code.EXPECTATION || code == Problem.Code.NOT_TAKEN_BACK);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void aRunThatHasFailedKeepsItsObjectsUntilSomethingArrives(int secondsAfter, boolean claimed) {
        // Given
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.failed(run, Problem.Code.TASK_FAILED);

        // When
        Predicate<InputObject> claim =
                claims.claimed(FEED, fixture.clock.instant().plusSeconds(secondsAfter));

        // Then
        assertThat(claim.test(object)).isEqualTo(claimed);
    }

    @Test
    void anObjectOfAnotherFeedIsFree() {
        assertThat(claims.claimed(new Feed("other", "wiki")).test(object)).isFalse();
    }

    @Test
    void anotherVersionOfTheObjectIsFree() {
        // Given
        InputObject newer = fixture.upload("a.json", 4);

        // Then
        assertThat(claims.claimed(FEED).test(newer)).isFalse();
    }

    @Test
    void anObjectThatGathersIsFree() {
        // Given
        InputObject other = fixture.upload("b.json", 3);
        ledger.gathering(other.version(), FEED, LedgerEntry.Outcome.Gathering, fixture.clock.instant());

        // Then
        assertThat(claims.claimed(FEED).test(other)).isFalse();
    }

    @Test
    void aRunThatIsGoneClaimsNothing() {
        // Given
        fixture.table.remove(Key.run(run.id()));

        // Then
        assertThat(claims.claimed(FEED).test(object)).isFalse();
        assertThat(claims.claimed(FEED, Instant.EPOCH).test(object)).isFalse();
    }

    private Instant afterwards() {
        return fixture.clock.instant().plus(Duration.ofDays(1));
    }
}
