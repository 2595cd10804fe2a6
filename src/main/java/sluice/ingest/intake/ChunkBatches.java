package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.ObjectVersion;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.platform.log.Log;

/**
 * Makes the batch of a time chunk: every object of the chunk in replace mode, the unclaimed ones in append mode. Empty objects
 * and objects that were deleted again get an outcome in the ledger.
 */
@ApplicationScoped
class ChunkBatches {

    private static final Log LOG = Log.of(ChunkBatches.class);

    private final ChunkObjects objects;
    private final ObjectClaims claims;
    private final Ledger ledger;

    ChunkBatches(ChunkObjects objects, ObjectClaims claims, Ledger ledger) {
        this.objects = objects;
        this.claims = claims;
        this.ledger = ledger;
    }

    /** Returns the batch that the chunk needs now; empty if there is nothing to load. */
    Optional<Batch> of(ChunkId id, ChunkState state, Definition definition) {
        BatchDefinition batch = definition.requireBatch();
        ObjectLayout layout =
                new ObjectLayout(batch.source(), definition.schema().segmentGranularity());
        List<InputObject> listed = objects.list(layout, id.chunk());
        noteVanished(id, state, batch.source().bucket(), listed);
        Predicate<InputObject> claimed =
                batch.mode() == Mode.APPEND ? claims.claimed(id.feed(), state.lastEventAt()) : object -> false;
        List<InputObject> wanted = new ArrayList<>();
        for (InputObject object : listed) {
            if (object.size() == 0) {
                ledger.note(object.version(), id.feed(), Outcome.Empty, null, "the object has no bytes");
            } else if (!claimed.test(object)) {
                wanted.add(object);
            }
        }
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(id.datasource(), List.of(id.chunk()), wanted));
    }

    private void noteVanished(ChunkId id, ChunkState state, String bucket, List<InputObject> listed) {
        Set<String> there = listed.stream().map(InputObject::key).collect(Collectors.toSet());
        for (String seen : state.seen()) {
            int split = seen.indexOf(' ');
            String key = seen.substring(split + 1);
            if (!there.contains(key)) {
                ObjectVersion version = new ObjectVersion(bucket, key, seen.substring(0, split));
                LOG.warn("Object was deleted before it was planned", "object", "s3://" + bucket + "/" + key);
                ledger.note(
                        version, id.feed(), Outcome.Gone, null, "the object was deleted before it could be planned");
            }
        }
    }
}
