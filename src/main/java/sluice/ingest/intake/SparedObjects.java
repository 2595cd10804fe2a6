package sluice.ingest.intake;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.follow.RunFollowUp;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.platform.log.Log;

/**
 * Loads what an append would have loaded but for some bad files. If a run fails and Druid's errors name some of its objects, those
 * are held back, and the time chunks are planned again for the others.
 */
@ApplicationScoped
@Priority(25)
class SparedObjects implements RunFollowUp {

    private static final Log LOG = Log.of(SparedObjects.class);

    private final RunStore runs;
    private final Ledger ledger;
    private final ChunkStore chunks;

    SparedObjects(RunStore runs, Ledger ledger, ChunkStore chunks) {
        this.runs = runs;
        this.ledger = ledger;
        this.chunks = chunks;
    }

    @Override
    public void ended(Run run) {
        if (!run.isBatch() || run.mode() != Mode.APPEND || run.mayHaveLoaded()) {
            return;
        }
        List<InputObject> objects = runs.plan(run).objects();
        Map<InputObject, LedgerEntry> entries = ledger.find(objects, run.feed());
        List<LedgerEntry.End> ends = entries.values().stream()
                .filter(entry -> run.id().equals(entry.run()) && entry.end() != null)
                .map(LedgerEntry::end)
                .toList();
        long held = ends.stream().filter(end -> end.heldUnder() != null).count();
        // Without a file to blame, the others would fail again.
        if (held == 0 || held == ends.size()) {
            return;
        }
        LOG.warn(
                "Some objects of a failed run are held back, the others are planned again",
                "runId",
                run.id(),
                "held",
                held,
                "objects",
                objects.size());
        for (TimeChunk chunk : run.chunks()) {
            chunks.touch(new ChunkId(run.feed(), chunk), run.state().since().plusMillis(1), Duration.ZERO);
        }
    }
}
