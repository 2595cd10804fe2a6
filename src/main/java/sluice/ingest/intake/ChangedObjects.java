package sluice.ingest.intake;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import sluice.core.batch.TimeChunk;
import sluice.ingest.follow.RunFollowUp;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;

/**
 * Has the chunks of a run planned anew whose objects were overwritten while it loaded them. The notifications of the new versions
 * may have come before the run ended, so nobody else would load its other objects.
 */
@ApplicationScoped
@Priority(20)
class ChangedObjects implements RunFollowUp {

    private final ChunkStore chunks;
    private final Clock clock;

    ChangedObjects(ChunkStore chunks, Clock clock) {
        this.chunks = chunks;
        this.clock = clock;
    }

    @Override
    public void ended(Run run) {
        if (run.state() instanceof RunState.Failed failed && failed.problem().code() == Problem.Code.OBJECTS_CHANGED) {
            // A failed run keeps its objects until something arrives after its end.
            Instant afterwards = failed.since().plusMillis(1);
            Instant now = clock.instant();
            for (TimeChunk chunk : run.chunks()) {
                chunks.again(new ChunkId(run.feed(), chunk), now.isAfter(afterwards) ? now : afterwards);
            }
        }
    }
}
