package sluice.ingest.hold;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;

/**
 * An interval of a datasource whose rows must stay, on every cluster. Time chunks that only overlap it stay as a whole.
 *
 * @param start start of the interval
 * @param end end of the interval, exclusive
 * @param reason the author's words
 * @param author the caller's identity
 * @param createdAt when it was set, or changed last
 * @param until when it ends by itself; null if only a call ends it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Hold(
        Instant start, Instant end, String reason, String author, Instant createdAt, @Nullable Instant until) {

    public Hold {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("a hold must end after it starts: " + start + "/" + end);
        }
    }

    /** Returns the first of the holds that the time chunk overlaps. */
    public static Optional<Hold> on(TimeChunk chunk, Collection<Hold> holds) {
        return holds.stream().filter(hold -> hold.overlaps(chunk)).findFirst();
    }

    boolean overlaps(TimeChunk chunk) {
        return chunk.start().isBefore(end) && chunk.end().isAfter(start);
    }

    boolean isOver(Instant now) {
        return until != null && !until.isAfter(now);
    }

    /** Returns the hold in words: {@code held from <start> to <end> by <author>: <reason>}. */
    public String text() {
        return "held from " + start + " to " + end + " by " + author + ": " + reason;
    }
}
