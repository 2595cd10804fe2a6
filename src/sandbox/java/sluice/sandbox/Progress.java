package sluice.sandbox;

import java.time.Duration;

/** Learns of each step of a sandbox's start when it is done. Called from several threads. */
@FunctionalInterface
public interface Progress {

    /**
     * @param step    what is done, such as "Druid up"
     * @param elapsed how long it took; steps run beside each other
     */
    void done(String step, Duration elapsed);

    /**
     * A step is still running. Called every few seconds.
     *
     * @param activity what it is about at the moment, such as a line of Maven's log; empty if it does not say
     */
    default void waiting(String step, Duration elapsed, String activity) {}

    static Progress silent() {
        return (step, elapsed) -> {};
    }
}
