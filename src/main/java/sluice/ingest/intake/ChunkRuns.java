package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import sluice.core.batch.Batch;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Decides which run loads the batch of a time chunk: one that exists, a further attempt of it, or a new one, which supersedes
 * a run that has not been submitted yet.
 *
 * <p>Any number of processes may do this for one chunk at once: the run, the end of the run that it supersedes, and the
 * chunk's own progress are one transaction, conditional on the generation that was read. One of them wins; the others
 * start again and find nothing left to do.
 */
@ApplicationScoped
class ChunkRuns {

    private static final Logger LOG = Logger.getLogger(ChunkRuns.class);

    private final ChunkStore chunks;
    private final RunDraft drafts;
    private final RunStore runs;
    private final Transitions transitions;
    private final Ledger ledger;
    private final StateTable table;
    private final Clock clock;

    ChunkRuns(
            ChunkStore chunks,
            RunDraft drafts,
            RunStore runs,
            Transitions transitions,
            Ledger ledger,
            StateTable table,
            Clock clock) {
        this.chunks = chunks;
        this.drafts = drafts;
        this.runs = runs;
        this.transitions = transitions;
        this.ledger = ledger;
        this.table = table;
        this.clock = clock;
    }

    /**
     * Stores the run and announces it.
     *
     * @return false if another process or a new arrival came in between
     * @throws DruidException if the cluster must be asked and gives no answer
     */
    boolean store(ChunkId id, ChunkState state, Definition definition, Batch batch, DruidCluster cluster) {
        String runId = RunId.of(id.cluster(), RunKind.BATCH, id.datasource(), batch.chunks(), batch.objects(), null);
        MDC.put("runId", runId);
        try {
            Optional<Run> existing = runs.find(runId);
            Optional<Run> last = Optional.ofNullable(state.lastRun()).flatMap(runs::find);
            if (existing.isPresent()
                    && !isWantedAgain(existing.get(), state, definition.batch().mode())) {
                LOG.infof(
                        "Run %s has these objects already and is %s",
                        runId, existing.get().state().label());
                return chunks.consumed(id, state);
            }
            DraftedRun drafted = drafts.draft(runId, definition, batch, cluster, existing);
            Run run = drafted.run();
            List<Write> writes = new ArrayList<>();
            writes.add(chunks.planned(id, state, runId));
            writes.addAll(drafted.writes(runs));
            Optional<Run> superseded = last.filter(earlier -> !earlier.id().equals(runId))
                    .filter(earlier -> definition.batch().mode() == Mode.REPLACE)
                    .flatMap(earlier -> superseded(earlier, runId));
            superseded.ifPresent(earlier -> writes.add(runs.write(earlier)));
            table.transact(writes);
            LOG.infof(
                    "Run %s is %s: %s, %d objects, attempt %d",
                    runId, run.state().label(), id, batch.objects().size(), run.attempt());
            ledger.assign(run, batch.objects());
            chunks.ledgerWritten(id, runId);
            transitions.flush(run);
            superseded.ifPresent(transitions::flush);
            return true;
        } catch (TransactionCancelledException exception) {
            LOG.infof("%s changed while it was planned and is looked at again", id);
            return false;
        } catch (PlanTooLargeException exception) {
            LOG.errorf("%s cannot be planned: %s", id, exception.getMessage());
            batch.objects()
                    .forEach(object ->
                            ledger.note(object.version(), id.feed(), Outcome.TooMany, null, exception.getMessage()));
            return chunks.consumed(id, state);
        } finally {
            MDC.remove("runId");
        }
    }

    /**
     * Whether a run that exists is to be attempted once more. The same event, delivered again, never asks for that; an
     * upload after a failure does, and so does a listing that is what it was before another run replaced the chunk.
     */
    private static boolean isWantedAgain(Run run, ChunkState state, Mode mode) {
        if (!run.hasEnded()) {
            return false;
        }
        boolean replacedSince = mode == Mode.REPLACE && !run.id().equals(state.lastRun());
        return run.state() instanceof RunState.Superseded
                || replacedSince
                || (!(run.state() instanceof RunState.Available)
                        && state.lastEventAt().isAfter(run.state().since()));
    }

    private Optional<Run> superseded(Run earlier, String by) {
        return earlier.state() instanceof RunState.Unsubmitted unsubmitted
                ? Optional.of(transitions.next(earlier, unsubmitted.superseded(clock.instant(), by)))
                : Optional.empty();
    }

    /** A planner that died after its transaction left objects unassigned: an append would take them twice. */
    void completeLedger(ChunkId id, ChunkState state) {
        if (state.lastRun() != null && !state.lastRun().equals(state.ledgerRun())) {
            runs.find(state.lastRun())
                    .ifPresent(run -> ledger.assign(run, runs.plan(run).objects()));
            chunks.ledgerWritten(id, state.lastRun());
        }
    }
}
