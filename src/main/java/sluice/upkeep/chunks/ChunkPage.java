package sluice.upkeep.chunks;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive time chunks, the earliest first.
 *
 * @param problem why Druid's numbers are missing; null if they are there
 * @param next start of the page that follows; null at the end of the interval
 */
public record ChunkPage(List<ChunkStatus> chunks, @Nullable String problem, @Nullable Instant next) {

    public ChunkPage {
        chunks = List.copyOf(chunks);
    }
}
