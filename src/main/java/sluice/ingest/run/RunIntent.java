package sluice.ingest.run;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;

/**
 * What the next attempt of a run is for.
 *
 * @param runId hash of what the run does, see {@link sluice.core.batch.RunId}
 * @param kind what its task does
 * @param feed where it writes
 * @param mode whether it replaces its chunks or appends to them; null if it writes no rows
 * @param chunks the time chunks it writes, whole
 * @param definitionHash version of the definition that asks for this attempt; empty if none does
 * @param timeLimit longest time from submission to the end of the task
 */
public record RunIntent(
        String runId,
        RunKind kind,
        Feed feed,
        @Nullable Mode mode,
        List<TimeChunk> chunks,
        String definitionHash,
        Duration timeLimit) {

    public RunIntent {
        chunks = List.copyOf(chunks);
    }
}
