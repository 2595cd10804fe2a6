package sluice.ingest.run;

import java.util.List;

/** Recognises Druid's messages about tasks that failed because of the cluster and not because of their spec. */
final class TransientFailures {

    private static final List<String> TEXTS = List.of(
            // A sub-task got the id of another one within the same millisecond (apache/druid #9958).
            "already exists",
            "Failed to assign this task",
            "The worker that this task was assigned disappeared",
            // The worker was stopped, or has come back without the task.
            "Canceled as task execution process stopped",
            "Canceled as unknown task",
            "Canceled for worker cleanup",
            // A task of a higher priority, such as a stream's, took the lock.
            "was revoked",
            "is revoked",
            "Invalid task locks",
            // The overlord has only just taken the task, or is taking it again (34 and later, apache/druid #17828).
            "to inactive Task");

    private TransientFailures() {}

    static boolean recognise(String message) {
        return TEXTS.stream().anyMatch(message::contains);
    }
}
