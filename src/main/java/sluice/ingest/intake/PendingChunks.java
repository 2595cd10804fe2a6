package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

/** Tells whether files are on their way into a time chunk. */
@ApplicationScoped
public class PendingChunks {

    private final ChunkStore chunks;
    private final RunStore runs;

    PendingChunks(ChunkStore chunks, RunStore runs) {
        this.chunks = chunks;
        this.runs = runs;
    }

    /** Returns, for a person, what is on its way into the chunk: files that gather, or a run that has not ended. */
    public Optional<String> pending(Feed feed, TimeChunk chunk) {
        Optional<ChunkState> state = chunks.find(new ChunkId(feed, chunk));
        if (state.isPresent() && !state.get().isPlanned()) {
            return Optional.of("files gather for it");
        }
        return state.map(ChunkState::lastRun)
                .flatMap(runs::find)
                .filter(run -> !run.hasEnded())
                .map(PendingChunks::described);
    }

    private static String described(Run run) {
        return "run " + run.id() + " is " + run.state().label();
    }
}
