package sluice.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectVersion;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;

class LedgerTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Feed FEED = new Feed("main", "wiki#1");
    private static final InputObject OBJECT = object("a b+c.json");
    private static final InputObject OTHER = object("other.json");
    private static final Run RUN = run("run-1");

    private final ManualClock clock = new ManualClock(NOON);
    private final Ledger ledger = new Ledger(new InMemoryStateTable(clock), clock);

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(ledger.find(OBJECT.version(), FEED)).isEmpty();
        assertThat(ledger.history(OBJECT.location())).isEmpty();
    }

    @Test
    void anObjectGathersUntilARunHasIt() {
        // Given
        ledger.gathering(OBJECT.version(), FEED, Outcome.Gathering, NOON);
        Optional<LedgerEntry> before = ledger.find(OBJECT.version(), FEED);
        ledger.assign(RUN, List.of(OBJECT));

        // When
        ledger.gathering(OBJECT.version(), FEED, Outcome.Gathering, NOON.plusSeconds(1));

        // Then
        assertThat(before).contains(new LedgerEntry("Gathering", null, NOON, null, null));
        assertThat(entry(OBJECT)).isEqualTo(new LedgerEntry("Planned", "run-1", null, null, null));
    }

    @Test
    void anAssignmentKeepsWhatTheLedgerKnowsOfTheSameRun() {
        // Given
        RunState end = failed();
        ledger.ended(RUN, end, List.of(OBJECT), 7L, List.of());

        // When
        ledger.assign(RUN, List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT)).isEqualTo(new LedgerEntry("Failed", "run-1", null, 7L, null));
    }

    @Test
    void anotherRunTakesTheObjectOver() {
        // Given
        ledger.assign(RUN, List.of(OBJECT));

        // When
        ledger.assign(run("run-2"), List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-2");
    }

    @Test
    void rowsAreToldOfOneObjectOnly() {
        // When
        ledger.ended(RUN, failed(), List.of(OBJECT, OTHER), 7L, List.of());

        // Then
        assertThat(entry(OBJECT).rows()).isNull();
    }

    @Test
    void anErrorStandsAtTheObjectThatItNames() {
        // When
        ledger.ended(
                RUN,
                failed(),
                List.of(OBJECT, OTHER),
                null,
                List.of("general", "at s3://landing/wiki/a%20b%2Bc.json line 3"));

        // Then
        assertThat(entry(OBJECT).error()).isEqualTo("at s3://landing/wiki/a%20b%2Bc.json line 3");
        assertThat(entry(OTHER).error()).isNull();
    }

    @Test
    void theFirstErrorIsThatOfTheOnlyObject() {
        // When
        ledger.ended(RUN, failed(), List.of(OBJECT), null, List.of("general", "more"));

        // Then
        assertThat(entry(OBJECT).error()).isEqualTo("general");
    }

    @Test
    void whatIsTakenBackIsNotedWhereNoLaterRunHasTheObject() {
        // Given
        ledger.assign(RUN, List.of(OBJECT, OTHER));
        ledger.assign(run("run-2"), List.of(OTHER));
        RunState.RolledBack end = new RunState.RolledBack(NOON, new Problem(Problem.Code.EXPECTATION, "too few rows"));

        // When
        ledger.takenBack(RUN, end, List.of(OBJECT, OTHER));

        // Then
        assertThat(entry(OBJECT)).isEqualTo(new LedgerEntry("RolledBack", "run-1", null, null, "too few rows"));
        assertThat(entry(OTHER).run()).isEqualTo("run-2");
    }

    @Test
    void theHistoryOfAnObjectHasItsVersionsAndFeeds() {
        // Given
        ObjectVersion newer = new ObjectVersion("landing", "wiki/a b+c.json", "etag-2");
        ledger.assign(RUN, List.of(OBJECT));
        ledger.unmatched(newer, Outcome.Unmatched, "nobody wants it");
        ledger.note(OTHER.version(), FEED, Outcome.Empty, null, "the object has no bytes");

        // When
        List<ObjectRecord> history = ledger.history(OBJECT.location());

        // Then
        assertThat(history)
                .containsExactlyInAnyOrder(
                        new ObjectRecord("etag-1", "main", "wiki#1", entry(OBJECT), NOON),
                        new ObjectRecord(
                                "etag-2",
                                null,
                                null,
                                new LedgerEntry("Unmatched", null, null, null, "nobody wants it"),
                                NOON));
    }

    private LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    private static RunState failed() {
        return new RunState.Failed(NOON, new Problem(Problem.Code.TASK_FAILED, "it broke"));
    }

    private static InputObject object(String name) {
        return new InputObject("landing", "wiki/" + name, "etag-1", 9, NOON);
    }

    private static Run run(String id) {
        return Run.first(
                id,
                FEED.cluster(),
                FEED.datasource(),
                RunKind.BATCH,
                Mode.APPEND,
                List.of(new TimeChunk(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-02T00:00:00Z"))),
                "hash",
                "spec",
                Duration.ofHours(4),
                NOON);
    }
}
