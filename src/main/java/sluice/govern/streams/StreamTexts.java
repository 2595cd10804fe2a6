package sluice.govern.streams;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.govern.streams.StreamOperation.Action;
import sluice.govern.streams.StreamOperation.Target;

/** Says in words what an operation does. */
final class StreamTexts {

    private static final String SUSPEND =
            "suspend the supervisor and wait until its tasks have published what they read";
    private static final String SNAPSHOT = "store a snapshot of the published offsets";

    private StreamTexts() {}

    static List<String> steps(
            Action action, @Nullable Target target, boolean isSuspended, Optional<ObjectNode> otherSource) {
        return switch (action) {
            case SUSPEND -> List.of(SUSPEND, SNAPSHOT);
            case RESUME -> List.of("resume the supervisor and wait until it runs");
            case HANDOFF -> List.of("let the tasks publish what they have read, and wait until they have ended");
            case TERMINATE -> List.of(SUSPEND, SNAPSHOT, "terminate the supervisor; Druid keeps its offsets");
            case RESET -> {
                List<String> steps = new ArrayList<>(List.of(SUSPEND, SNAPSHOT));
                otherSource.ifPresent(
                        document -> steps.add("terminate the supervisor and post that of the definition, which"
                                + " reads another topic, suspended"));
                steps.add(
                        target == null || target.offsets() == null
                                ? "forget the offsets that Druid has stored"
                                : "set the offsets to those of " + target.from());
                steps.add("compare the offsets");
                steps.add(isSuspended ? "leave the supervisor suspended, as it was" : "resume the supervisor");
                yield List.copyOf(steps);
            }
        };
    }

    static List<String> warnings(
            Action action,
            @Nullable Target target,
            List<StreamPlan.Move> moves,
            Optional<ObjectNode> otherSource,
            boolean isWanted) {
        List<String> warnings = new ArrayList<>();
        if (action == Action.TERMINATE && isWanted) {
            warnings.add(
                    "the definition has the stream, so its alignment will show drift, and the next apply creates the"
                            + " supervisor again");
        }
        if (action == Action.RESET && target != null && target.offsets() == null && otherSource.isEmpty()) {
            warnings.add(
                    "messages from the beginning of the topic are read again if the spec says useEarliestOffset, and"
                            + " their rows are in the datasource twice; otherwise messages up to the newest are never read");
        }
        long again = moves.stream().mapToLong(StreamPlan.Move::readAgain).sum();
        long over = moves.stream().mapToLong(StreamPlan.Move::passedOver).sum();
        if (again > 0) {
            warnings.add(
                    again + " messages are read again: their rows are in the datasource twice, unless their time chunks"
                            + " are removed or replaced");
        }
        if (over > 0) {
            warnings.add(over + " messages are passed over and never read");
        }
        return List.copyOf(warnings);
    }
}
