package sluice.entry.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Renders the API's rollbacks as text for a terminal. */
final class RollbackText {

    private RollbackText() {}

    static String phase(JsonNode rollback) {
        return switch (rollback.path("phase").asText()) {
            case "STOPPING" -> "stopping runs of the bad version";
            case "RESTORING" -> "restoring segments";
            case "DONE" -> "done";
            default -> rollback.path("phase").asText();
        };
    }

    /** Returns how far the rollback is, what it did, and its problems. */
    static List<String> lines(JsonNode rollback) {
        List<String> lines = new ArrayList<>();
        if (PhaseWatch.isDone(rollback)) {
            lines.add("done: " + rollback.path("stopped").size() + " runs stopped, "
                    + rollback.path("reloaded").size() + " reloaded");
            rollback.path("restored").forEach(cluster -> lines.add(restored(cluster)));
        } else {
            lines.add(
                    phase(rollback) + "; follow it at " + rollback.path("href").asText() + " or with --wait");
        }
        rollback.path("streams").forEach(stream -> lines.add(published(stream)));
        rollback.path("problems").forEach(problem -> lines.add("failed: " + problem.asText()));
        return lines;
    }

    private static String published(JsonNode stream) {
        String supervisor = stream.path("supervisor").asText();
        return "cluster " + stream.path("cluster").asText() + ": rows that stream " + supervisor
                + " published from " + stream.path("since").asText() + " to "
                + stream.path("until").asText() + " stay; reset it to --time "
                + stream.path("since").asText() + " to read the messages again";
    }

    private static String restored(JsonNode cluster) {
        return "cluster " + cluster.path("cluster").asText() + ": "
                + cluster.path("takenBack").asText() + " segments marked unused, "
                + cluster.path("putBack").asText() + " restored, "
                + cluster.path("gone").asText() + " lost for good";
    }
}
