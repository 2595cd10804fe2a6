package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.RunId;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;

/**
 * Makes the run of a load request on one cluster. The transaction that stores the run is conditional on nobody having planned for
 * any of its time chunks since they were read. So a request and the files that arrive never take an object both.
 */
@ApplicationScoped
class OrderedRuns {

    private static final Log LOG = Log.of(OrderedRuns.class);

    private final RequestedBatch batches;
    private final ChunkStore chunks;
    private final ChunkLedger ledger;
    private final RequestStore requests;
    private final RunDraft drafts;
    private final RunStore runs;
    private final Transitions transitions;

    OrderedRuns(
            RequestedBatch batches,
            ChunkStore chunks,
            ChunkLedger ledger,
            RequestStore requests,
            RunDraft drafts,
            RunStore runs,
            Transitions transitions) {
        this.batches = batches;
        this.chunks = chunks;
        this.ledger = ledger;
        this.requests = requests;
        this.drafts = drafts;
        this.runs = runs;
        this.transitions = transitions;
    }

    /**
     * The answer to a request on one cluster.
     *
     * @param runs one; or several without a key, if several have the requested objects already
     * @param isNew true if the request made a run or a further attempt of one
     */
    record Ordered(List<Run> runs, boolean isNew) {
        Ordered {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Makes the run, unless there is one.
     *
     * @param clusters names of all clusters of the request
     * @return empty if another call or planner came in between: nothing is stored then
     * @throws LoadRequestException if the request cannot be carried out
     */
    Optional<Ordered> place(LoadRequest request, Definition definition, DruidCluster cluster, List<String> clusters) {
        Feed feed = new Feed(cluster.name(), request.datasource());
        List<ChunkId> ids = batches.chunks(request, definition).stream()
                .map(chunk -> new ChunkId(feed, chunk))
                .toList();
        Map<ChunkId, ChunkState> states = chunks.find(ids);
        states.forEach(ledger::complete);
        Optional<Batch> batch = batches.of(request, definition, feed);
        if (batch.isEmpty()) {
            return Optional.of(loaded(request, definition, feed));
        }
        String id = RunId.of(
                cluster.name(),
                RunKind.BATCH,
                request.datasource(),
                batch.get().chunks(),
                batch.get().objects(),
                request.scopedKey());
        Optional<Run> existing = runs.find(id);
        if (existing.isPresent() && (!existing.get().hasEnded() || hasLoadedLast(existing.get()))) {
            return requests.known(request, existing.get(), clusters)
                    ? Optional.of(new Ordered(List.of(existing.get()), false))
                    : Optional.empty();
        }
        List<TimeChunk> filled = batch.get().chunks();
        states.keySet().removeIf(chunk -> !filled.contains(chunk.chunk()));
        DraftedRun drafted = drafts.draft(
                id, definition, batch.get(), cluster, existing, chunks.nextPlan(states.values()), List.of());
        return stored(request, drafted, states, files(batch.get(), definition), clusters)
                ? Optional.of(flushed(drafted, states))
                : Optional.empty();
    }

    /** An attempt that failed is repeated, also if an earlier one of a replace has loaded. */
    private static boolean hasLoadedLast(Run run) {
        return run.load()
                .filter(load -> run.mode() == Mode.APPEND || load.attempt() == run.attempt())
                .isPresent();
    }

    private Ordered loaded(LoadRequest request, Definition definition, Feed feed) {
        List<Run> having = batches.runsOf(request, definition, feed);
        if (having.isEmpty()) {
            throw new LoadRequestException(
                    LoadRequestException.Code.NOTHING_TO_LOAD, "there is nothing to load that has not been loaded");
        }
        return new Ordered(having, false);
    }

    private boolean stored(
            LoadRequest request,
            DraftedRun drafted,
            Map<ChunkId, ChunkState> states,
            Map<TimeChunk, Long> files,
            List<String> clusters) {
        boolean isStored = requests.store(
                request,
                drafted,
                states.entrySet().stream()
                        .map(chunk -> chunks.ordered(
                                chunk.getKey(),
                                chunk.getValue(),
                                drafted.run(),
                                files.getOrDefault(chunk.getKey().chunk(), 0L)))
                        .toList(),
                clusters);
        if (!isStored) {
            LOG.info(
                    "Another call or planner came in between",
                    "runId",
                    drafted.run().id());
        }
        return isStored;
    }

    private static Map<TimeChunk, Long> files(Batch batch, Definition definition) {
        ObjectLayout layout = new ObjectLayout(
                definition.requireBatch().source(), definition.schema().segmentGranularity());
        return batch.objects().stream()
                .collect(Collectors.groupingBy(
                        object -> layout.chunkOf(object.key()).orElseThrow(), Collectors.counting()));
    }

    private Ordered flushed(DraftedRun drafted, Map<ChunkId, ChunkState> states) {
        ledger.ordered(
                List.copyOf(states.keySet()), drafted.run(), drafted.plan().objects());
        transitions.flush(drafted.run());
        return new Ordered(List.of(drafted.run()), true);
    }
}
