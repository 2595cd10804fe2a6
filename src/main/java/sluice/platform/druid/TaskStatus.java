package sluice.platform.druid;

import java.time.Duration;

/**
 * The overlord's word on one task.
 *
 * @param id task id
 * @param code decides alone: the runner's code is {@code WAITING} for a moment even after the end
 * @param duration run time once the task has ended, zero before
 * @param error Druid's error message, shortened by Druid itself, or null
 */
public record TaskStatus(String id, Code code, Duration duration, String error) {

    /** State of a task. */
    public enum Code {
        RUNNING,
        SUCCESS,
        FAILED
    }

    public boolean isRunning() {
        return code == Code.RUNNING;
    }
}
