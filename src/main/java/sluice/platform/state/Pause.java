package sluice.platform.state;

import java.time.Duration;

/** Lets time pass. Tests move their clock instead. */
@FunctionalInterface
public interface Pause {

    void await(Duration duration);
}
