package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import sluice.core.batch.Batch;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.ObjectVersion;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.run.PlanTooLargeException;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.Write;

/**
 * Turns what has gathered for a time chunk into one planned run.
 *
 * <p>Any number of planners may work on one chunk at once: the run, the end of the run that it supersedes, and the
 * chunk's own progress are one transaction, conditional on the generation that was read. One of them wins; the others
 * start again and find nothing left to do.
 */
@ApplicationScoped
class Planner {

    private static final Logger LOG = Logger.getLogger(Planner.class);
    private static final int TRIES = 5;
    private static final Duration OUTAGE_PAUSE = Duration.ofSeconds(30);

    private final ChunkStore chunks;
    private final ChunkObjects objects;
    private final ActiveDefinitions definitions;
    private final RunDraft drafts;
    private final RunStore runs;
    private final Transitions transitions;
    private final Ledger ledger;
    private final DruidClusters clusters;
    private final StateTable table;
    private final Clock clock;

    Planner(
            ChunkStore chunks,
            ChunkObjects objects,
            ActiveDefinitions definitions,
            RunDraft drafts,
            RunStore runs,
            Transitions transitions,
            Ledger ledger,
            DruidClusters clusters,
            StateTable table,
            Clock clock) {
        this.chunks = chunks;
        this.objects = objects;
        this.definitions = definitions;
        this.drafts = drafts;
        this.runs = runs;
        this.transitions = transitions;
        this.ledger = ledger;
        this.clusters = clusters;
        this.table = table;
        this.clock = clock;
    }

    /** Plans what has gathered, if anything has. */
    void plan(ChunkId id) {
        for (int round = 1; round <= TRIES; round++) {
            Optional<ChunkState> state = chunks.find(id);
            if (state.isEmpty() || state.get().isPlanned() || isDone(id, state.get())) {
                return;
            }
        }
        throw new IllegalStateException("objects keep arriving for " + id + " while it is planned; it stays due");
    }

    /** One round; false when another planner or a new arrival came in between. */
    private boolean isDone(ChunkId id, ChunkState state) {
        DefinitionSnapshot snapshot = definitions.current();
        Optional<Definition> definition = snapshot.find(id.datasource());
        if (definition.isEmpty() || definition.get().batch() == null) {
            LOG.errorf("Objects of %s wait for a definition that is gone or cannot be read", id);
            chunks.postpone(id, state, OUTAGE_PAUSE.multipliedBy(10));
            return true;
        }
        Optional<DruidCluster> cluster = clusters.find(id.cluster());
        if (cluster.isEmpty()) {
            LOG.errorf("The environment has no cluster %s, only %s", id.cluster(), clusters.names());
            chunks.postpone(id, state, OUTAGE_PAUSE.multipliedBy(10));
            return true;
        }
        completeLedger(id, state);
        Optional<Batch> batch = batch(id, state, definition.get());
        if (batch.isEmpty()) {
            LOG.infof("Nothing to load for %s", id);
            return chunks.consumed(id, state);
        }
        try {
            return stored(id, state, definition.get(), batch.get(), cluster.get());
        } catch (DruidException exception) {
            LOG.warnf("%s is planned later: %s", id, exception.getMessage());
            chunks.postpone(id, state, OUTAGE_PAUSE);
            return true;
        }
    }

    private Optional<Batch> batch(ChunkId id, ChunkState state, Definition definition) {
        ObjectLayout layout = new ObjectLayout(
                definition.batch().source(), definition.schema().segmentGranularity());
        List<InputObject> listed = objects.list(layout, id.chunk());
        noteVanished(id, state, layout.source().bucket(), listed);
        List<InputObject> wanted = new ArrayList<>();
        Map<String, Boolean> loads = new HashMap<>();
        for (InputObject object : listed) {
            if (object.size() == 0) {
                note(id, object, Outcome.Empty, "the object has no bytes");
            } else if (definition.batch().mode() == Mode.REPLACE || !isLoaded(id, state, object, loads)) {
                wanted.add(object);
            }
        }
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(id.datasource(), List.of(id.chunk()), wanted));
    }

    /** Whether an append must leave the object out: a run loads it, has loaded it, or may have. */
    private boolean isLoaded(ChunkId id, ChunkState state, InputObject object, Map<String, Boolean> loads) {
        return ledger.find(object.version(), id.feed())
                .filter(entry -> entry.run() != null)
                .map(entry -> loads.computeIfAbsent(entry.run(), run -> runs.find(run)
                        .map(found -> !found.hasEnded()
                                || found.mayHaveLoaded()
                                || !state.lastEventAt().isAfter(found.state().since()))
                        .orElse(false)))
                .orElse(false);
    }

    private boolean stored(ChunkId id, ChunkState state, Definition definition, Batch batch, DruidCluster cluster) {
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
            batch.objects().forEach(object -> note(id, object, Outcome.TooMany, exception.getMessage()));
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
    private void completeLedger(ChunkId id, ChunkState state) {
        if (state.lastRun() != null && !state.lastRun().equals(state.ledgerRun())) {
            runs.find(state.lastRun())
                    .ifPresent(run -> ledger.assign(run, runs.plan(run).objects()));
            chunks.ledgerWritten(id, state.lastRun());
        }
    }

    private void noteVanished(ChunkId id, ChunkState state, String bucket, List<InputObject> listed) {
        Set<String> there = listed.stream().map(InputObject::key).collect(Collectors.toCollection(HashSet::new));
        for (String seen : state.seen()) {
            int split = seen.indexOf(' ');
            String key = seen.substring(split + 1);
            if (!there.contains(key)) {
                LOG.warnf("s3://%s/%s was deleted before it could be planned", bucket, key);
                ledger.note(
                        new ObjectVersion(bucket, key, seen.substring(0, split)),
                        id.feed(),
                        Outcome.Gone,
                        null,
                        "the object was deleted before it could be planned");
            }
        }
    }

    private void note(ChunkId id, InputObject object, Outcome outcome, String message) {
        ledger.note(object.version(), id.feed(), outcome, null, message);
    }
}
