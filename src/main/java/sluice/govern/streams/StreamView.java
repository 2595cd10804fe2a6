package sluice.govern.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.platform.druid.StreamCounts;
import sluice.platform.druid.StreamStatus;

/**
 * What is known of a stream on one cluster.
 *
 * @param state Druid's state; null if nothing is known
 * @param problem why nothing is known, or Druid's latest error; null if there is none
 * @param lag unread messages of all partitions; null if unknown
 * @param offsetsAt when Druid looked up the newest offsets; null if it has not
 * @param partitions one per partition
 * @param counts what the running tasks have done with their messages; null if unknown
 * @param lastPublication the newest time at which the published offsets were seen to move; null if it was not seen
 * @param passedOver messages that Druid has passed over, the last time of each partition; null if none
 * @param drift what a sample of its messages has shown; null if nothing
 * @param health what the watch has seen last: healthy, unhealthy or lagging; null before its first look
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamView(
        String cluster,
        String supervisor,
        @Nullable String stream,
        @Nullable String state,
        @Nullable String detailedState,
        @Nullable String problem,
        @Nullable Long lag,
        @Nullable Instant offsetsAt,
        List<Partition> partitions,
        @Nullable Counts counts,
        @Nullable Instant lastPublication,
        @Nullable String health,
        @Nullable List<PassedOver> passedOver,
        @Nullable List<Finding> drift) {

    public StreamView {
        partitions = List.copyOf(partitions);
    }

    /** How far a partition is read. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Partition(String partition, long latest, @Nullable Long position, @Nullable Long lag) {}

    /** What running tasks have done with their messages. */
    @RegisterForReflection
    public record Counts(long processed, long processedWithError, long thrownAway, long unparseable) {

        static Counts of(StreamCounts counts) {
            return new Counts(
                    counts.processed(), counts.processedWithError(), counts.thrownAway(), counts.unparseable());
        }
    }

    static StreamView unknown(String cluster, String supervisor, String why) {
        return new StreamView(
                cluster, supervisor, null, null, null, why, null, null, List.of(), null, null, null, null, null);
    }

    static StreamView of(
            String cluster,
            String supervisor,
            StreamStatus status,
            @Nullable StreamCounts counts,
            Optional<StreamHealth> health,
            List<Finding> drift) {
        SortedMap<String, Long> position = status.position();
        return new StreamView(
                cluster,
                supervisor,
                status.stream(),
                status.supervisor().state(),
                status.supervisor().detailedState(),
                status.supervisor().latestError().orElse(null),
                status.lag().isEmpty() ? null : status.totalLag(),
                status.offsetsAt(),
                status.latest().entrySet().stream()
                        .map(end -> new Partition(
                                end.getKey(),
                                end.getValue(),
                                position.get(end.getKey()),
                                status.lag().get(end.getKey())))
                        .toList(),
                counts == null ? null : Counts.of(counts),
                health.map(StreamHealth::lastPublication).orElse(null),
                health.map(seen -> seen.state().word()).orElse(null),
                health.map(StreamHealth::passedOver)
                        .filter(each -> !each.isEmpty())
                        .orElse(null),
                drift.isEmpty() ? null : List.copyOf(drift));
    }
}
