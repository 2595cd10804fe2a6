package sluice.ingest.run;

import java.util.List;

/** Recognises Druid's messages about tasks that failed because of the cluster and not because of their spec. */
final class TransientFailures {

    private static final List<String> TEXTS = List.of(
            // A sub-task got the id of another one within the same millisecond (apache/druid #9958).
            "already exists",
            "Worker disappeared",
            "Failed to assign this task",
            "The worker that this task was assigned disappeared",
            "Canceled as unknown to the Overlord",
            "Task failed to acquire lock",
            // The overlord has only just taken the task, or is taking it again (34 and later, apache/druid #17828).
            "to inactive Task",
            "could not be preempted");

    private TransientFailures() {}

    static boolean recognise(String message) {
        return TEXTS.stream().anyMatch(message::contains);
    }
}
