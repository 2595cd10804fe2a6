package sluice.ingest.intake;

/** More due chunks than ten datasources have days in a quarter of a century. */
class ManyDueChunksIT extends ManyDueChunks {

    ManyDueChunksIT() {
        super(100_000);
    }
}
