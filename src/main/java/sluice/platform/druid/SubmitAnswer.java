package sluice.platform.druid;

/** Druid's answer to a posted task. */
public sealed interface SubmitAnswer {

    /** Druid accepted the task as a new one. */
    record Accepted(String taskId) implements SubmitAnswer {}

    /** Druid already has a task with this id. It does not say whether it is the same task. */
    record AlreadyExists(String taskId) implements SubmitAnswer {}

    /** Druid refuses this task for good. */
    record Refused(String message) implements SubmitAnswer {}
}
