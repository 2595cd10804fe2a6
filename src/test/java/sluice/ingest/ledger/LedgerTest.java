package sluice.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectVersion;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;

class LedgerTest extends LedgerFixture {

    private static final Run LATER = run("run-2", NOON.plusSeconds(1));

    @Test
    void whatIsNotThereIsEmpty() {
        assertThat(ledger.find(OBJECT.version(), FEED)).isEmpty();
        assertThat(ledger.history(OBJECT.location())).isEmpty();
    }

    @Test
    void anObjectGathersUntilARunHasIt() {
        // Given
        ledger.note(OBJECT.version(), FEED, Outcome.Gathering, NOON, null);
        Optional<LedgerEntry> before = ledger.find(OBJECT.version(), FEED);
        ledger.assign(RUN, List.of(OBJECT));

        // When
        ledger.note(OBJECT.version(), FEED, Outcome.Gathering, NOON.plusSeconds(1), null);

        // Then
        assertThat(before).contains(new LedgerEntry("Gathering", null, NOON, null, null, null));
        assertThat(entry(OBJECT)).isEqualTo(new LedgerEntry("Planned", "run-1", null, null, null, null));
    }

    @Test
    void anAssignmentKeepsWhatTheLedgerKnowsOfTheSameRun() {
        // Given
        RunState end = failed();
        ledger.ended(RUN, end, List.of(OBJECT), 7L, List.of());

        // When
        ledger.assign(RUN, List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT))
                .isEqualTo(
                        new LedgerEntry("Failed", "run-1", null, 7L, null, new LedgerEntry.End(false, NOON, "hash")));
    }

    @Test
    void anotherRunTakesTheObjectOver() {
        // Given
        ledger.assign(RUN, List.of(OBJECT));

        // When
        ledger.assign(LATER, List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-2");
    }

    @Test
    void anAssignmentThatComesLateDoesNotReplaceALaterOne() {
        // Given
        ledger.assign(LATER, List.of(OBJECT));

        // When
        ledger.assign(RUN, List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-2");
    }

    @Test
    void aFurtherAttemptOfTheSameRunBeginsAnew() {
        // Given
        ledger.ended(RUN, failed(), List.of(OBJECT), null, List.of());
        RunState.Failed failed = failed();
        Run again = RUN.nextAttempt(failed.again(NOON.plusSeconds(9)), 2, "hash-2", "spec", RUN.timeLimit());

        // When
        ledger.assign(again, List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT)).isEqualTo(new LedgerEntry("Planned", "run-1", null, null, null, null));
    }

    @Test
    void aRepeatedAttemptDoesNotReplaceARunThatWasPlannedAfterIt() {
        // Given
        Run repeated = repeated(RUN, LATER.attemptPlannedAt().plusSeconds(1));
        ledger.assign(LATER, List.of(OBJECT));

        // When
        ledger.assign(repeated, List.of(OBJECT));
        ledger.ended(repeated, failed(), List.of(OBJECT), null, List.of());

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-2");
    }

    @Test
    void aRunTakesOverWhatAnAttemptThatWasRepeatedAtTheSameTimeHasNotLoaded() {
        // Given
        ledger.ended(repeated(RUN, LATER.attemptPlannedAt()), failed(), List.of(OBJECT), null, List.of());

        // When
        ledger.assign(LATER, List.of(OBJECT));

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-2");
    }

    /** The second attempt of a run, with the plan of the first. */
    private static Run repeated(Run run, Instant at) {
        return run.nextAttempt(failed().again(at), run.plan(), "hash", "spec", run.timeLimit());
    }

    @Test
    void anOutcomeDoesNotReplaceARun() {
        // Given
        ledger.assign(RUN, List.of(OBJECT));

        // When
        for (Outcome outcome : Outcome.values()) {
            ledger.note(OBJECT.version(), FEED, outcome, NOON, "nobody loads it");
        }
        ledger.notLoaded(OBJECT.version(), FEED, Outcome.Gone, "it is gone");

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-1");
    }

    @Test
    void onlyWhatGathersCanBeGone() {
        // Given
        ledger.note(OBJECT.version(), FEED, Outcome.Gathering, NOON, null);
        ledger.note(OTHER.version(), FEED, Outcome.Marker, NOON, null);

        // When
        ledger.notLoaded(OBJECT.version(), FEED, Outcome.Gone, "it is gone");
        ledger.notLoaded(OTHER.version(), FEED, Outcome.Gone, "it is gone");

        // Then
        assertThat(entry(OBJECT).state()).isEqualTo("Gone");
        assertThat(entry(OTHER).state()).isEqualTo("Marker");
    }

    @Test
    void theEndOfAnEarlierRunDoesNotReplaceALaterRun() {
        // Given
        ledger.assign(RUN, List.of(OBJECT, OTHER));
        ledger.assign(LATER, List.of(OTHER));

        // When
        ledger.ended(RUN, failed(), List.of(OBJECT, OTHER), null, List.of());

        // Then
        assertThat(entry(OBJECT).state()).isEqualTo("Failed");
        assertThat(entry(OTHER).state()).isEqualTo("Planned");
        assertThat(entry(OTHER).run()).isEqualTo("run-2");
    }

    @Test
    void theEndOfARunIsNotedAlthoughItWasNeverAssigned() {
        // Given
        ledger.assign(RUN, List.of(OBJECT));

        // When
        ledger.ended(LATER, failed(), List.of(OBJECT, OTHER), null, List.of());

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-2");
        assertThat(entry(OTHER).run()).isEqualTo("run-2");
    }

    @Test
    void anEntryOfAnEarlierVersionIsReadAndReplaced() {
        // Given
        table.put(Item.at(Key.object(OBJECT.version(), FEED))
                .with("objectState", "Failed")
                .with("runId", "run-0")
                .with("updatedAt", NOON));
        LedgerEntry before = entry(OBJECT);

        // When
        ledger.assign(RUN, List.of(OBJECT));

        // Then
        assertThat(before).isEqualTo(new LedgerEntry("Failed", "run-0", null, null, null, null));
        assertThat(entry(OBJECT).run()).isEqualTo("run-1");
    }

    @Test
    void manyObjectsAreOneCallAHundred() {
        // Given
        List<InputObject> objects = IntStream.range(0, 1_050)
                .mapToObj(number -> object("f" + number))
                .toList();
        List<TableCall> calls = new ArrayList<>();
        table.observer(new TableObserver() {
            @Override
            public void after(TableCall call) {
                calls.add(call);
            }
        });
        ledger.assign(RUN, objects);

        // When
        Map<InputObject, LedgerEntry> entries = ledger.find(objects, FEED);

        // Then
        assertThat(entries).hasSize(1_050);
        assertThat(calls).hasSize(22);
    }

    @Test
    void onlyEntriesWithoutARunExpire() {
        // When
        ledger.note(OBJECT.version(), FEED, Outcome.Empty, NOON, "the object has no bytes");
        ledger.note(OTHER.version(), FEED, Outcome.Gathering, NOON, null);
        ledger.assign(RUN, List.of(OTHER));
        clock.advance(Duration.ofDays(1_000));

        // Then
        assertThat(ledger.find(OBJECT.version(), FEED)).isEmpty();
        assertThat(entry(OTHER).run()).isEqualTo("run-1");
    }

    @Test
    void oneEntryThatStaysDoesNotKeepTheOthersFromBeingWritten() {
        // Given
        ledger.assign(LATER, List.of(OTHER));

        // When
        ledger.assign(RUN, List.of(OBJECT, OTHER, object("third.json")));

        // Then
        assertThat(entry(OBJECT).run()).isEqualTo("run-1");
        assertThat(entry(object("third.json")).run()).isEqualTo("run-1");
        assertThat(entry(OTHER).run()).isEqualTo("run-2");
    }

    @Test
    void whatIsTakenBackIsNotedWhereNoLaterRunHasTheObject() {
        // Given
        ledger.assign(RUN, List.of(OBJECT, OTHER));
        ledger.assign(LATER, List.of(OTHER));
        RunState.RolledBack end = new RunState.RolledBack(NOON, new Problem(Problem.Code.EXPECTATION, "too few rows"));

        // When
        ledger.revised(RUN, end, List.of(OBJECT, OTHER), end.problem().message());

        // Then
        assertThat(entry(OBJECT))
                .isEqualTo(new LedgerEntry(
                        "RolledBack", "run-1", null, null, "too few rows", new LedgerEntry.End(false, NOON, "hash")));
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
                                new LedgerEntry("Unmatched", null, null, null, "nobody wants it", null),
                                NOON));
    }
}
