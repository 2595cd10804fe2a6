package sluice.upkeep.restore;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of a time chunk that is marked unused and can come back.
 *
 * @param interval the time chunk
 * @param segments number of its unused segments
 * @param bytes their size in deep storage
 * @param rows rows that a run has stored in it; null if only Druid knows, which does not count unused rows
 * @param since when it was marked unused; null if an older Druid did it
 * @param until when sweeps may purge it, after which it cannot come back; null if they do not
 * @param replaces newer used versions that a restore would mark unused, because they would hide it
 * @param hides older used versions that it would hide
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UnusedVersion(
        String interval,
        String version,
        int segments,
        long bytes,
        @Nullable Long rows,
        @Nullable Instant since,
        @Nullable Instant until,
        List<Used> replaces,
        List<Used> hides) {

    public UnusedVersion {
        replaces = List.copyOf(replaces);
        hides = List.copyOf(hides);
    }

    /** A used version of a time chunk, as brokers show it. */
    @RegisterForReflection
    public record Used(String interval, String version, long segments, long rows, long bytes) {}
}
