package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.ObjectVersion;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.ingest.run.RunStore;

/** Finds what is to be loaded for a time chunk, and notes in the ledger why anything else is not. */
@ApplicationScoped
class ChunkBatches {

    private static final Logger LOG = Logger.getLogger(ChunkBatches.class);

    private final ChunkObjects objects;
    private final Ledger ledger;
    private final RunStore runs;

    ChunkBatches(ChunkObjects objects, Ledger ledger, RunStore runs) {
        this.objects = objects;
        this.ledger = ledger;
        this.runs = runs;
    }

    /** Returns the objects of the chunk as they are now, without those that an append has loaded; empty if none is left. */
    Optional<Batch> find(ChunkId id, ChunkState state, Definition definition) {
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
