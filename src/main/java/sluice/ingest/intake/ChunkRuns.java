package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.MDC;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.intake.ChunkBatches.Gathered;
import sluice.ingest.intake.RecentRuns.Recent;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;
import sluice.platform.state.Batches;
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

    /** A run that was ordered is submitted within seconds, unless it waits for a lease, perhaps for a day. */
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
     * Plans the run of a batch; in append mode several runs, if one would be too large.
     *
     * @param insists true to plan also if more arrives meanwhile
     * @return false if the chunk or one of the runs changed meanwhile: the rest is not stored then
     * @throws sluice.platform.druid.DruidException if the cluster is needed and does not answer
     */
    boolean plan(
            ChunkId id,
            ChunkState state,
            boolean insists,
            Definition definition,
            Gathered gathered,
            DruidCluster cluster) {
        try {
            return switch (definition.requireBatch().mode()) {
                case REPLACE -> replace(id, state, insists, definition, gathered, cluster);
                case APPEND -> append(id, state, insists, definition, gathered.batch(), cluster);
            };
        } catch (TransactionCancelledException exception) {
            LOG.info("Time chunk changed while it was planned", "chunk", id, "reason", exception.getMessage());
            return false;
        } finally {
            MDC.remove("runId");
        }
    }

    private boolean replace(
            ChunkId id,
            ChunkState state,
            boolean insists,
            Definition definition,
            Gathered gathered,
            DruidCluster cluster) {
        Batch batch = gathered.batch();
        String runId = runId(id, batch);
        Optional<Run> existing = runs.find(runId);
        Recent recent = guard.recent(state);
        if (existing.isPresent()
                && (recent.isServed(existing.get()) || !isWantedAgain(existing.get(), state, Mode.REPLACE))) {
            logKnown(existing.get());
            return chunks.consumed(id, state) || insists;
        }
        if (isOrdered(recent, state, runId)) {
            chunks.postpone(id, state, state.pause(clock.instant(), ORDER_PAUSE));
            return true;
        }
        List<Finding> objections = guard.check(id, gathered.layout(), gathered.listing(), recent.served());
        DraftedRun drafted = drafts.draft(runId, definition, batch, cluster, existing, next(state), objections);
        planned.store(id, state, insists, drafted, recent.ids(), superseded(state, runId));
        return true;
    }

    /** Each part is a transaction of its own. Until the last one is stored, the chunk waits, and whoever plans it takes the rest. */
    private boolean append(
            ChunkId id, ChunkState state, boolean insists, Definition definition, Batch all, DruidCluster cluster) {
        ChunkState now = state;
        List<List<InputObject>> parts = Batches.of(all.objects(), TaskSize.MOST_OBJECTS_OF_AN_APPEND);
        for (int number = 1; number <= parts.size(); number++) {
            Batch batch = new Batch(all.datasource(), all.chunks(), parts.get(number - 1));
            String runId = runId(id, batch);
            boolean isLast = number == parts.size();
            Optional<Run> existing = runs.find(runId);
            if (existing.isEmpty() || isWantedAgain(existing.get(), now, Mode.APPEND)) {
                DraftedRun drafted = drafts.draft(runId, definition, batch, cluster, existing, next(now), List.of());
                if (isLast) {
                    planned.store(id, now, insists, drafted, List.of(), Optional.empty());
                } else {
                    planned.begin(id, now, drafted);
                    now = now.after(drafted.run());
                }
            } else {
                logKnown(existing.get());
                if (isLast) {
                    return chunks.consumed(id, now) || insists;
                }
            }
        }
        return true;
    }

    private static String runId(ChunkId id, Batch batch) {
        String runId = RunId.of(id.cluster(), RunKind.BATCH, id.datasource(), batch.chunks(), batch.objects(), null);
        MDC.put("runId", runId);
        return runId;
    }

    private Instant next(ChunkState state) {
        return chunks.nextPlan(List.of(state));
    }

    private static void logKnown(Run run) {
        LOG.info(
                "A run has these objects already",
                "runId",
                run.id(),
                "state",
                run.state().label());
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
