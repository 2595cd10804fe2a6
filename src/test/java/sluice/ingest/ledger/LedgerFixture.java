package sluice.ingest.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

/** A ledger over a table in memory, with objects and runs of one feed. */
abstract class LedgerFixture {

    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    static final Feed FEED = new Feed("main", "wiki#1");
    static final InputObject OBJECT = object("a b+c.json");
    static final InputObject OTHER = object("other.json");
    static final Run RUN = run("run-1", NOON);
    final ManualClock clock = new ManualClock(NOON);
    final InMemoryStateTable table = new InMemoryStateTable(clock);
    final Ledger ledger = new Ledger(table, clock, DefaultSettings.of(StateSettings.class));

    LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    static RunState.Failed failed() {
        return new RunState.Failed(NOON, new Problem(Problem.Code.TASK_FAILED, "it broke"));
    }

    static InputObject object(String name) {
        return new InputObject("landing", "wiki/" + name, "etag-1", 9, NOON);
    }

    static Run run(String id, Instant plannedAt) {
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
