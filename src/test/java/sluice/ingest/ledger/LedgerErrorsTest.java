package sluice.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.state.StateSettings;
import sluice.simulation.DefaultSettings;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;

/** Which objects are held back after a failure, and at which an error stands. */
class LedgerErrorsTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Feed FEED = new Feed("main", "wiki#1");
    private static final InputObject OBJECT = object("a b+c.json");
    private static final InputObject OTHER = object("other.json");
    private static final Run RUN = run("run-1", NOON);
    private final ManualClock clock = new ManualClock(NOON);
    private final InMemoryStateTable table = new InMemoryStateTable(clock);
    private final Ledger ledger = new Ledger(table, clock, DefaultSettings.of(StateSettings.class));

    @ParameterizedTest
    @EnumSource(Problem.Code.class)
    void anObjectIsHeldBackIfTheFailureMayBeAboutIt(Problem.Code code) {
        // Given
        Problem problem = new Problem(code, "it broke");

        // When
        ledger.ended(RUN, new RunState.Failed(NOON, problem), List.of(OBJECT), null, List.of());

        // Then
        boolean loaded = problem.mayHaveLoaded();
        assertThat(entry(OBJECT).end())
                .isEqualTo(new LedgerEntry.End(loaded, NOON, problem.isAboutInput() && !loaded ? "hash" : null));
    }

    @Test
    void onlyTheObjectsThatErrorsNameAreHeldBack() {
        // Given
        InputObject longer = object("other.json.gz");

        // When
        ledger.ended(
                RUN,
                failed(),
                List.of(OBJECT, OTHER, longer),
                null,
                List.of("cannot parse (Path: s3://landing/wiki/other.json, Record: 2, Line: 2)"));

        // Then
        assertThat(entry(OTHER).end()).isEqualTo(new LedgerEntry.End(false, NOON, "hash"));
        assertThat(entry(OBJECT).end()).isEqualTo(new LedgerEntry.End(false, NOON, null));
        assertThat(entry(longer).end()).isEqualTo(new LedgerEntry.End(false, NOON, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "at s3://landing/wiki/other.json",
                "(https://landing.s3.eu-central-1.amazonaws.com/wiki/other.json?X-Amz-Date=1)",
                "(http://127.0.0.1:9000/landing/wiki/other.json?X-Amz-Date=1)",
                "s3://landing/wiki/other.json, Line: 2",
                "Cannot read s3://landing/wiki/other.json."
            })
    void anErrorNamesAnObjectByItsAddress(String error) {
        // When
        ledger.ended(RUN, failed(), List.of(OBJECT, OTHER), null, List.of(error));

        // Then
        assertThat(entry(OTHER).error()).isEqualTo(error);
        assertThat(entry(OBJECT).error()).isNull();
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

    private LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    private static RunState.Failed failed() {
        return new RunState.Failed(NOON, new Problem(Problem.Code.TASK_FAILED, "it broke"));
    }

    private static InputObject object(String name) {
        return new InputObject("landing", "wiki/" + name, "etag-1", 9, NOON);
    }

    private static Run run(String id, Instant plannedAt) {
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
                plannedAt);
    }
}
