package sluice.ingest.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;

/**
 * A run that loads no files and is not planned yet.
 *
 * @param kind what its task does
 * @param cluster name of the cluster
 * @param datasource Druid's datasource
 * @param mode whether the run replaces what its chunks hold; null if it writes no rows
 * @param chunks the whole time chunks that it leases, 1 to {@value #MOST_CHUNKS}
 * @param identity what distinguishes this intent from an earlier one on the same chunks, such as a hash of the segments
 *     that it is about
 * @param spec the Druid task without its id
 * @param findings what was decided and why; an error refuses the run
 * @param definitionHash version of the definition that asks for it; empty if none does
 * @param timeLimit longest time from submission to the end of the task
 */
public record TaskDraft(
        RunKind kind,
        String cluster,
        String datasource,
        @Nullable Mode mode,
        List<TimeChunk> chunks,
        String identity,
        ObjectNode spec,
        List<Finding> findings,
        String definitionHash,
        Duration timeLimit) {

    /** A run takes its leases in one transaction, which has at most 100 writes. */
    public static final int MOST_CHUNKS = 90;

    public TaskDraft {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(identity, "identity");
        chunks = List.copyOf(chunks);
        findings = List.copyOf(findings);
        spec = spec.deepCopy();
        if (chunks.isEmpty() || chunks.size() > MOST_CHUNKS) {
            throw new IllegalArgumentException("chunks: a run has 1 to " + MOST_CHUNKS + ", not " + chunks.size());
        }
    }
}
