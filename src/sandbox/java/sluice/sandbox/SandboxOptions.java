package sluice.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What can be different from one sandbox to another.
 *
 * @param scheduleInterval  what stands for a minute of the schedules' rates
 * @param retryDelay        after this long a message that failed comes back to its queue, instead of after its
 *                          visibility timeout
 * @param environment       variables for the functions, beside and over those that the sandbox sets
 * @param withFunctions     whether the functions are unpacked and run; without them queues and bus only collect
 * @param spareServers      whether to take servers that {@code -Dsandbox.keep} has ready, if there are any
 */
public record SandboxOptions(
        Duration scheduleInterval,
        Duration retryDelay,
        Map<String, String> environment,
        boolean withFunctions,
        boolean spareServers) {

    public SandboxOptions {
        environment = Map.copyOf(environment);
    }

    /** A schedule runs every second, a failed message comes back after two, the functions run. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(Duration.ofSeconds(1), Duration.ofSeconds(2), Map.of(), true, false);
    }

    /** The schedules of a deployment: a tick each minute, which goes on while something is due. */
    public SandboxOptions withScheduleInterval(Duration interval) {
        return new SandboxOptions(interval, retryDelay, environment, withFunctions, spareServers);
    }

    public SandboxOptions withoutFunctions() {
        return new SandboxOptions(scheduleInterval, retryDelay, environment, false, spareServers);
    }

    public SandboxOptions withSpareServers() {
        return new SandboxOptions(scheduleInterval, retryDelay, environment, withFunctions, true);
    }

    public SandboxOptions withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new SandboxOptions(scheduleInterval, retryDelay, all, withFunctions, spareServers);
    }
}
