package sluice.upkeep.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * A restore that somebody has requested.
 *
 * @param id begins with the time, so that ids sort by it
 * @param author the caller's identity
 * @param reason the author's words
 * @param use ids of the segments to mark used
 * @param unuse ids of the segments to mark unused
 * @param phase the current step
 * @param progressAt when it came to this step
 * @param rows rows that a query counts in the time chunks at the end
 * @param problems what failed, and why
 * @param endedAt when it was done; null until then
 * @param version number of writes; each write is conditional on it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Restoration(
        String datasource,
        String id,
        String cluster,
        String author,
        String reason,
        Instant startedAt,
        List<TimeChunk> chunks,
        List<String> use,
        List<String> unuse,
        Phase phase,
        Instant progressAt,
        long rows,
        List<String> problems,
        @Nullable Instant endedAt,
        long version) {

    public Restoration {
        chunks = List.copyOf(chunks);
        use = List.copyOf(use);
        unuse = List.copyOf(unuse);
        problems = List.copyOf(problems);
    }

    /** The steps. */
    public enum Phase {
        /** It waits for the leases, and marks segments. */
        MARKING,
        /** Everything is marked. Data servers load it. */
        VERIFYING,
        /** A query counts the rows, or {@code problems} says what is wrong. */
        DONE
    }

    Restoration verifying(Instant now) {
        return with(Phase.VERIFYING, now, rows, problems, null, version);
    }

    Restoration done(long counted, Instant now) {
        return with(Phase.DONE, now, counted, problems, now, version);
    }

    Restoration failed(String problem, Instant now) {
        List<String> more = new ArrayList<>(problems);
        more.add(problem);
        return with(Phase.DONE, now, rows, more, now, version);
    }

    Restoration written() {
        return with(phase, progressAt, rows, problems, endedAt, version + 1);
    }

    private Restoration with(
            Phase next, Instant at, long counted, List<String> found, @Nullable Instant end, long newVersion) {
        return new Restoration(
                datasource,
                id,
                cluster,
                author,
                reason,
                startedAt,
                chunks,
                use,
                unuse,
                next,
                at,
                counted,
                found,
                end,
                newVersion);
    }
}
