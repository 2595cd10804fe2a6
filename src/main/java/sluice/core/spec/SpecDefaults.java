package sluice.core.spec;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.BatchDefinition;

/**
 * The defaults of an environment for what a definition leaves open. {@code docs/defaults.md} lists the variables.
 *
 * @param timeout time limit of a run from its submission
 * @param priority Druid's task lock priority; null for Druid's own default
 * @param targetRows rows that a segment should hold, after rollup
 * @param targetSegmentBytes size that a segment should have; 40 % less or more is as good
 * @param maxSubTasks largest number of concurrent subtasks of a task
 * @param bytesPerSubTask uncompressed input that justifies another subtask
 * @param maxRowsInMemory Druid's field of that name; null for Druid's own default
 * @param maxSavedParseExceptions number of unparseable rows in a task's report; with 0, nobody learns which rows they
 *     were
 * @param taskStatusCheckPeriodMs how often a parallel task polls its subtasks; null for Druid's own default
 */
public record SpecDefaults(
        Duration timeout,
        @Nullable Integer priority,
        long targetRows,
        long targetSegmentBytes,
        int maxSubTasks,
        long bytesPerSubTask,
        @Nullable Integer maxRowsInMemory,
        int maxSavedParseExceptions,
        @Nullable Integer taskStatusCheckPeriodMs) {

    /** The defaults without any environment variable. */
    public static final SpecDefaults STANDARD = fromEnvironment(Map.of());

    public SpecDefaults {
        Objects.requireNonNull(timeout, "timeout");
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout: " + timeout + " is not above zero");
        }
        if (targetRows < 1 || targetSegmentBytes < 1 || maxSubTasks < 1 || bytesPerSubTask < 1) {
            throw new IllegalArgumentException("targetRows, targetSegmentBytes, maxSubTasks and bytesPerSubTask must be"
                    + " at least 1: " + targetRows + ", " + targetSegmentBytes + ", " + maxSubTasks + ", "
                    + bytesPerSubTask);
        }
    }

    /**
     * Reads the variables of {@link DefaultVariable}.
     *
     * @throws IllegalArgumentException naming every unknown variable that begins with {@code SLUICE_DEFAULT_}, and
     *     every one with an invalid value
     */
    public static SpecDefaults fromEnvironment(Map<String, String> environment) {
        EnvironmentReader reader = new EnvironmentReader(environment);
        Duration timeout = reader.duration(DefaultVariable.TIMEOUT);
        Integer priority = reader.optional(DefaultVariable.PRIORITY);
        long targetRows = reader.number(DefaultVariable.TARGET_ROWS);
        long targetSegmentBytes = reader.number(DefaultVariable.TARGET_SEGMENT_BYTES);
        int maxSubTasks = (int) reader.number(DefaultVariable.MAX_SUB_TASKS);
        long bytesPerSubTask = reader.number(DefaultVariable.BYTES_PER_SUB_TASK);
        Integer maxRowsInMemory = reader.optional(DefaultVariable.MAX_ROWS_IN_MEMORY);
        int maxSavedParseExceptions = (int) reader.number(DefaultVariable.MAX_SAVED_PARSE_EXCEPTIONS);
        Integer taskStatusCheckPeriodMs = reader.optional(DefaultVariable.TASK_STATUS_CHECK_PERIOD_MS);
        reader.refuseProblems();
        return new SpecDefaults(
                timeout,
                priority,
                targetRows,
                targetSegmentBytes,
                maxSubTasks,
                bytesPerSubTask,
                maxRowsInMemory,
                maxSavedParseExceptions,
                taskStatusCheckPeriodMs);
    }

    /** Returns how many subtasks are worthwhile for so many bytes in so many pieces. */
    public long subTasks(long bytes, int pieces) {
        long worthIt = (bytes + bytesPerSubTask - 1) / bytesPerSubTask;
        return Math.max(1, Math.min(Math.min(worthIt, pieces), maxSubTasks));
    }

    /** Returns the time limit of the definition, or else that of the environment. */
    public Duration timeout(BatchDefinition batch) {
        return batch.timeout() == null ? timeout : batch.timeout();
    }
}
