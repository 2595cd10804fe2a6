package sluice.ingest.run;

import java.util.List;

/** Texts by which Druid says that a task failed for a reason that lies in the cluster's day, not in the task. */
final class TransientFailures {

    private static final List<String> TEXTS = List.of(
            // A sub-task got the id of another one within the same millisecond (apache/druid #9958).
            "already exists",
            "Worker disappeared",
            "Failed to assign this task",
            "The worker that this task was assigned disappeared",
            "Canceled as unknown to the Overlord",
            "Task failed to acquire lock",
            "could not be preempted");

    private TransientFailures() {}

    static boolean recognise(String message) {
        return TEXTS.stream().anyMatch(message::contains);
    }
}
