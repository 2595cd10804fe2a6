package sluice.govern.streams;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import sluice.platform.druid.StreamStatus;
import sluice.platform.druid.StreamStatus.StreamTask;

/**
 * Messages of a partition that were gone from the stream before Druid had read them, and that Druid then passed over by itself
 * ({@code resetOffsetAutomatically}, apache/druid #18282).
 *
 * @param from offset that Druid would have read next
 * @param to offset at which its tasks went on
 * @param messages how many messages that are at most; offsets may have gaps
 * @param seenAt when it was noticed
 */
@RegisterForReflection
record PassedOver(String partition, long from, long to, long messages, Instant seenAt) {

    PassedOver {
        if (to <= from) {
            throw new IllegalArgumentException("partition " + partition + ": " + to + " is not behind " + from);
        }
    }

    /** Returns what a look shows that was not known yet. */
    static List<PassedOver> in(StreamStatus status, List<PassedOver> known, Instant now) {
        List<PassedOver> fresh = new ArrayList<>();
        status.gone().forEach((partition, from) -> {
            boolean isKnown =
                    known.stream().anyMatch(each -> each.partition().equals(partition) && each.from() == from);
            OptionalLong to = status.tasks().stream()
                    .filter(task -> !task.isPublishing())
                    .map(StreamTask::starting)
                    .filter(starting -> starting.containsKey(partition))
                    .mapToLong(starting -> starting.get(partition))
                    .filter(starting -> starting > from)
                    .min();
            if (!isKnown && to.isPresent()) {
                fresh.add(new PassedOver(partition, from, to.getAsLong(), to.getAsLong() - from, now));
            }
        });
        return fresh;
    }
}
