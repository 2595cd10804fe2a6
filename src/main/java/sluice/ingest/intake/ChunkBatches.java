package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.ObjectVersion;
import sluice.core.batch.S3Location;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.platform.log.Log;

/**
 * Makes the batch of a time chunk: every object of the chunk in replace mode, the free ones in append mode. Empty objects
 * and objects that were deleted or overwritten again get an outcome in the ledger.
 */
@ApplicationScoped
class ChunkBatches {

    private static final Log LOG = Log.of(ChunkBatches.class);

    private final ChunkObjects objects;
    private final ArrivalStore arrivals;
    private final ObjectClaims claims;
    private final Ledger ledger;

    ChunkBatches(ChunkObjects objects, ArrivalStore arrivals, ObjectClaims claims, Ledger ledger) {
        this.objects = objects;
        this.arrivals = arrivals;
        this.claims = claims;
        this.ledger = ledger;
    }

    /**
     * A batch with the listing that it is made of.
     *
     * @param batch what to load
     * @param layout where the objects lie
     * @param listing all objects of the chunk
     */
    record Gathered(Batch batch, ObjectLayout layout, ChunkListing listing) {}

    /** Returns the batch that the chunk needs now; empty if there is nothing to load. */
    Optional<Gathered> of(ChunkId id, ChunkState state, Definition definition) {
        BatchDefinition batch = definition.requireBatch();
        ObjectLayout layout =
                new ObjectLayout(batch.source(), definition.schema().segmentGranularity());
        ChunkListing listing = objects.list(layout, id.chunk());
        List<InputObject> listed = listing.objects();
        noteVanished(id, state, batch.source().bucket(), listed);
        List<InputObject> filled = new ArrayList<>();
        for (InputObject object : listed) {
            if (object.size() == 0) {
                ledger.note(object.version(), id.feed(), Outcome.Empty, null, "the object has no bytes");
            } else {
                filled.add(object);
            }
        }
        List<InputObject> wanted =
                switch (batch.mode()) {
                    case REPLACE -> filled;
                    case APPEND ->
                        readable(id, listing, claims.free(id.feed(), filled, state.lastEventAt(), definition.hash()));
                };
        return wanted.isEmpty()
                ? Optional.empty()
                : Optional.of(new Gathered(new Batch(id.datasource(), List.of(id.chunk()), wanted), layout, listing));
    }

    /** An archived object would fail the run that takes it along. */
    private List<InputObject> readable(ChunkId id, ChunkListing listing, List<InputObject> free) {
        Set<InputObject> archived = Set.copyOf(listing.archived());
        return free.stream()
                .filter(object -> {
                    if (archived.contains(object)) {
                        ledger.note(
                                object.version(),
                                id.feed(),
                                Outcome.Archived,
                                null,
                                "the object is in an archive class, which Druid cannot read: restore and request it");
                    }
                    return !archived.contains(object);
                })
                .toList();
    }

    private void noteVanished(ChunkId id, ChunkState state, String bucket, List<InputObject> listed) {
        Map<S3Location, String> there = new HashMap<>();
        listed.forEach(object -> there.put(object.location(), object.etag()));
        for (ObjectVersion version : arrivals.waiting(id, state, bucket)) {
            String etag = there.get(version.location());
            if (!version.etag().equals(etag)) {
                String what = etag == null ? "deleted" : "overwritten";
                LOG.warn("Object is gone before it was planned", "object", version.location(), "cause", what);
                ledger.notLoaded(
                        version, id.feed(), Outcome.Gone, "the object was " + what + " before it could be planned");
            }
        }
    }
}
