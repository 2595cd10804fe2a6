package sluice.govern.streams;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation on a stream would do.
 *
 * @param steps in the order of their execution, for people
 * @param warnings what a person should know before
 * @param partitions where a reset to known offsets goes, partition by partition
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamPlan(
        String datasource,
        String cluster,
        String supervisor,
        StreamOperation.Action action,
        StreamOperation.@Nullable Target target,
        List<String> steps,
        List<String> warnings,
        List<Move> partitions) {

    public StreamPlan {
        steps = List.copyOf(steps);
        warnings = List.copyOf(warnings);
        partitions = List.copyOf(partitions);
    }

    /**
     * What a reset does to one partition.
     *
     * @param from how far it is read now
     * @param to where it goes on
     * @param readAgain messages whose rows would be in the datasource twice
     * @param passedOver messages that would never be read
     */
    @RegisterForReflection
    public record Move(String partition, long from, long to, long readAgain, long passedOver) {

        static Move of(String partition, long from, long to) {
            return new Move(partition, from, to, Math.max(0, from - to), Math.max(0, to - from));
        }
    }
}
