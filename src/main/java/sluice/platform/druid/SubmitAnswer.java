package sluice.platform.druid;

/** What Druid said to a task. */
public sealed interface SubmitAnswer {

    /** Druid has the task now, and did not have it before. */
    record Accepted(String taskId) implements SubmitAnswer {}

    /** Druid had a task of this id before; it does not say whether it is the same task. */
    record AlreadyExists(String taskId) implements SubmitAnswer {}

    /** Druid will not take this task, now or later. */
    record Refused(String message) implements SubmitAnswer {}
}
