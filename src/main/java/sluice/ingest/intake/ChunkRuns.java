package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;
import sluice.core.batch.Batch;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.intake.ChunkBatches.Gathered;
import sluice.ingest.intake.RecentRuns.Recent;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;
import sluice.platform.state.TransactionCancelledException;

/**
 * Turns the batch of a time chunk into a run: a new run, a further attempt of one that has ended, or none because a run has
 * exactly these objects. In replace mode, the new run supersedes the chunk's last run if Druid cannot have its task yet.
 *
 * <p>The run, the end of the superseded run and the chunk's progress are one transaction. It is conditional on the generation
 * that the planner read, and on nobody having planned since. So of several planners one wins.
 */
@ApplicationScoped
class ChunkRuns {

    private static final Log LOG = Log.of(ChunkRuns.class);

    /** A run that was ordered is submitted within seconds, unless it waits for a lease. */
    private static final Duration ORDER_PAUSE = Duration.ofSeconds(30);

    private final ChunkStore chunks;
    private final RunDraft drafts;
    private final RunStore runs;
    private final Transitions transitions;
    private final PlannedRuns planned;
    private final ReplaceGuard guard;
    private final Clock clock;

    ChunkRuns(
            ChunkStore chunks,
            RunDraft drafts,
            RunStore runs,
            Transitions transitions,
            PlannedRuns planned,
            ReplaceGuard guard,
            Clock clock) {
        this.chunks = chunks;
        this.drafts = drafts;
        this.runs = runs;
        this.transitions = transitions;
        this.planned = planned;
        this.guard = guard;
        this.clock = clock;
    }

    /**
     * Plans the run of a batch.
     *
     * @return false if the chunk or one of the runs changed meanwhile: nothing is stored then
     * @throws sluice.platform.druid.DruidException if the cluster is needed and does not answer
     */
    boolean plan(ChunkId id, ChunkState state, Definition definition, Gathered gathered, DruidCluster cluster) {
        Batch batch = gathered.batch();
        String runId = RunId.of(id.cluster(), RunKind.BATCH, id.datasource(), batch.chunks(), batch.objects(), null);
        Mode mode = definition.requireBatch().mode();
        MDC.put("runId", runId);
        try {
            Optional<Run> existing = runs.find(runId);
            if (existing.isPresent() && !isWantedAgain(existing.get(), state, mode)) {
                LOG.info(
                        "A run has these objects already",
                        "runId",
                        runId,
                        "state",
                        existing.get().state().label());
                return chunks.consumed(id, state);
            }
            Instant now = chunks.nextPlan(List.of(state));
            if (mode == Mode.APPEND) {
                DraftedRun drafted = drafts.draft(runId, definition, batch, cluster, existing, now, List.of());
                planned.store(id, state, drafted, List.of(), Optional.empty());
                return true;
            }
            Recent recent = guard.recent(state);
            if (isOrdered(recent, state, runId)) {
                chunks.postpone(id, state, ORDER_PAUSE);
                return true;
            }
            List<Finding> objections = guard.check(id, gathered.layout(), gathered.listing(), recent.served());
            DraftedRun drafted = drafts.draft(runId, definition, batch, cluster, existing, now, objections);
            planned.store(id, state, drafted, recent.ids(), superseded(state, runId));
            return true;
        } catch (TransactionCancelledException exception) {
            LOG.info("Time chunk changed while it was planned", "chunk", id, "reason", exception.getMessage());
            return false;
        } catch (PlanTooLargeException exception) {
            LOG.error("Time chunk has too many objects for one run", "chunk", id, "reason", exception.getMessage());
            planned.tooMany(id, batch.objects(), exception.getMessage());
            return chunks.consumed(id, state);
        } finally {
            MDC.remove("runId");
        }
    }

    /**
     * Returns true if somebody has ordered a run of the chunk that is not submitted yet. It was listed before what gathers now, so
     * it must not replace the chunk afterwards.
     */
    private static boolean isOrdered(Recent recent, ChunkState state, String runId) {
        return recent.live().stream()
                .filter(run -> run.state() instanceof RunState.Unsubmitted)
                .anyMatch(run -> !run.id().equals(state.lastRun()) && !run.id().equals(runId));
    }

    /**
     * Returns true if a run that exists needs another attempt. A repeated event never asks for one. An upload after a failure
     * does. So does a listing that is what it was before another run replaced the chunk.
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

    /**
     * Returns the chunk's last run as superseded; empty if it is the same run, or Druid may have its task already. Then the new run
     * waits until that one has ended.
     */
    private Optional<Run> superseded(ChunkState state, String by) {
        return Optional.ofNullable(state.lastRun())
                .filter(last -> !last.equals(by))
                .flatMap(runs::find)
                .filter(last -> !runs.mayBePosted(last))
                .flatMap(last -> last.state() instanceof RunState.Unsubmitted unsubmitted
                        ? Optional.of(transitions.next(last, unsubmitted.superseded(clock.instant(), by)))
                        : Optional.empty());
    }
}
