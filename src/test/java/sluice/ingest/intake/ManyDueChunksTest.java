package sluice.ingest.intake;

/** More due chunks than a tick wakes; {@link ManyDueChunksIT} has more. */
class ManyDueChunksTest extends ManyDueChunks {

    ManyDueChunksTest() {
        super(10_000);
    }
}
