package sluice.ingest.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.contract.Finding;
import sluice.platform.druid.DruidCluster;

/**
 * How many objects one task may read. A task names each of them. Druid 33 has accepted tasks of 20 MiB; with larger ones it runs
 * out of memory before it meets any other limit.
 */
final class TaskSize {

    /** Leaves a margin below what was measured. */
    private static final int MOST_BYTES = 16_000_000;

    /** A presigned address has the key, and a session token of more than 1,000 characters. */
    private static final int PRESIGNED_BYTES = 2_000;

    /** An append need not be one task, so each of its tasks stays far below the limit. */
    static final int MOST_OBJECTS_OF_AN_APPEND = 5_000;

    private TaskSize() {}

    /** Returns an error if Druid would not take the task. */
    static Optional<Finding> check(ObjectNode spec, Batch batch, DruidCluster cluster) {
        int objects = Math.max(1, batch.objects().size());
        long each =
                switch (cluster.objectAccess()) {
                    case S3 -> 1 + spec.toString().length() / objects;
                    case PRESIGNED -> PRESIGNED_BYTES;
                };
        if (each * objects <= MOST_BYTES) {
            return Optional.empty();
        }
        return Optional.of(Finding.error(
                "SLU-0932",
                "/batch/source",
                "a task that reads " + objects + " objects is too large for Druid",
                "at most about " + MOST_BYTES / each + " objects",
                "a finer segmentGranularity, larger files, or mode: append"));
    }
}
