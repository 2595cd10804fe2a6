package sluice.ingest.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;
import sluice.platform.druid.TaskReport;

/**
 * What a run read and stored.
 *
 * @param read rows that the task reports as stored, before rollup; null if Druid has no report
 * @param unparseable rows that could not be read, or not completely
 * @param thrownAway rows outside the time chunks and filtered rows
 * @param segments segments that the run created
 * @param rows rows in those segments, after rollup; null until they are available
 * @param bytes size of those segments; null until they are available
 * @param taskMillis the task's own duration in Druid
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Counts(
        @Nullable Long read,
        long unparseable,
        long thrownAway,
        int segments,
        @Nullable Long rows,
        @Nullable Long bytes,
        long taskMillis) {

    /** Returns the counts of a task's report; null if Druid has none. */
    public static Counts of(@Nullable TaskReport report, int segments, long taskMillis) {
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

    /** Returns the counts with the rows and bytes of the segments. */
    public Counts stored(long storedRows, long storedBytes) {
        return new Counts(read, unparseable, thrownAway, segments, storedRows, storedBytes, taskMillis);
    }
}
