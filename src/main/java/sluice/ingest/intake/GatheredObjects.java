package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;

/** Notes the objects that wait until their time chunk is planned. */
@ApplicationScoped
class GatheredObjects {

    private final ArrivalStore arrivals;
    private final Ledger ledger;
    private final ChunkGrace grace;

    GatheredObjects(ArrivalStore arrivals, Ledger ledger, ChunkGrace grace) {
        this.arrivals = arrivals;
        this.ledger = ledger;
        this.grace = grace;
    }

    /** @param counted the chunk when the object was counted */
    void note(ChunkId id, ChunkState counted, Arrival arrival) {
        arrivals.note(id, counted.generation(), arrival.version());
        ledger.note(arrival.version(), id.feed(), Outcome.Gathering, arrival.at(), null);
        grace.noted(id, counted, arrival.version());
    }
}
