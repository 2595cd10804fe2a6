package sluice.platform.druid;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the overlord says about one task.
 *
 * @param id task id
 * @param code the only code that counts: the runner's code is {@code WAITING} for a moment after the task has ended
 * @param duration run time once the task has ended, zero before
 * @param error Druid's error message, which Druid shortens
 */
public record TaskStatus(String id, Code code, Duration duration, @Nullable String error) {

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
