package sluice.ingest.intake;

import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

/** Lets objects arrive in one time chunk. {@link Intake} is not asked, so the test decides when the chunk is planned. */
final class ChunkFixture {

    static final ChunkId CHUNK = new ChunkId(FEED, DAY);

    private final IngestFixture fixture;
    private final ChunkStore chunks;
    private final RunStore runs;
    private final Ledger ledger;

    ChunkFixture(IngestFixture fixture) {
        this.fixture = fixture;
        this.chunks = fixture.bean(ChunkStore.class);
        this.runs = fixture.bean(RunStore.class);
        this.ledger = fixture.bean(Ledger.class);
    }

    /** Uploads an object of three rows and notes its arrival. */
    InputObject arrive(String name) {
        InputObject object = fixture.upload(name, 3);
        touch(object);
        return object;
    }

    /** Notes that an uploaded object has arrived, perhaps once more. */
    void touch(InputObject object) {
        ChunkState state = chunks.touch(CHUNK, fixture.clock.instant(), Duration.ZERO);
        fixture.bean(ArrivalStore.class).note(CHUNK, state.generation(), object.version());
        ledger.note(object.version(), FEED, LedgerEntry.Outcome.Gathering, fixture.clock.instant(), null);
    }

    /** Returns the only run beside the known one. */
    Run other(Run known) {
        return fixture.runs().stream()
                .filter(run -> !run.id().equals(known.id()))
                .reduce((one, two) -> {
                    throw new AssertionError("more than one other run: " + one + ", " + two);
                })
                .orElseThrow();
    }

    /** Returns what a run loads. */
    List<InputObject> objects(Run run) {
        return runs.plan(run).objects();
    }

    /** Returns what the ledger says of an object. */
    LedgerEntry entry(InputObject object) {
        return ledger.find(object.version(), FEED).orElseThrow();
    }

    /** Returns which run the ledger names for an object. */
    String runOf(InputObject object) {
        return entry(object).run();
    }

    /** Returns the stored state of the chunk. */
    ChunkState state() {
        return chunks.find(CHUNK).orElseThrow();
    }
}
