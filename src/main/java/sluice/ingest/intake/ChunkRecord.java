package sluice.ingest.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the state table knows about a time chunk for which files have arrived or a run was requested.
 *
 * @param start start of the chunk
 * @param waitingSince since when files wait for a run; null if none wait
 * @param newestRun id of the run that was planned last; null if none was
 * @param files number of files that this run loads into the chunk; null if an earlier version of Sluice planned it
 */
public record ChunkRecord(
        Instant start, @Nullable Instant waitingSince, @Nullable String newestRun, @Nullable Long files) {}
