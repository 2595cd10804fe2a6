package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import sluice.platform.druid.TaskReport;

/**
 * What a run read and stored.
 *
 * @param read rows that the task says it stored, before rollup; null where Druid has no report
 * @param unparseable rows that could not be read, wholly or in part
 * @param thrownAway rows outside the time chunks, or filtered
 * @param segments segments that the run created
 * @param rows rows in those segments, after rollup; null until they are available
 * @param bytes size of those segments; null until they are available
 * @param taskMillis the task's own duration in Druid
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Counts(
        Long read, long unparseable, long thrownAway, int segments, Long rows, Long bytes, long taskMillis) {

    public static Counts of(TaskReport report, int segments, long taskMillis) {
        return report == null
                ? new Counts(null, 0, 0, segments, null, null, taskMillis)
                : new Counts(
                        report.stored(),
                        report.unparseable() + report.processedWithError(),
                        report.thrownAway(),
                        segments,
                        null,
                        null,
                        taskMillis);
    }

    /** The counts, with what the segments hold. */
    public Counts stored(long storedRows, long storedBytes) {
        return new Counts(read, unparseable, thrownAway, segments, storedRows, storedBytes, taskMillis);
    }
}
