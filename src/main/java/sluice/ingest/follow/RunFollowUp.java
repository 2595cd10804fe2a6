package sluice.ingest.follow;

import sluice.ingest.run.Run;

/**
 * One thing that happens after a run has ended. Events arrive at least once, so every follow-up is idempotent. The one with the
 * highest {@link jakarta.annotation.Priority} comes first.
 */
public interface RunFollowUp {

    /** Acts on a run that has ended, in the state that it has now. */
    void ended(Run run);
}
