package sluice.ingest.follow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;

/**
 * What became of the tags on the objects of a run.
 *
 * @param state the value of {@code sluice-state}: {@code available} or {@code rolled-back}
 * @param at when the tags were set; if an event was repeated, when they were set last
 * @param objects number of objects of the run
 * @param tagged number of those that have the tags; the others are gone, were overwritten, have no room for more tags, or wait
 *     for another cluster or datasource
 * @param problem why S3 refused; null if it did not
 */
public record RunTags(String state, Instant at, int objects, int tagged, @Nullable String problem) {

    static final String AVAILABLE = "available";
    static final String ROLLED_BACK = "rolled-back";

    static String stateFor(Run run) {
        return run.state() instanceof RunState.Available ? AVAILABLE : ROLLED_BACK;
    }
}
