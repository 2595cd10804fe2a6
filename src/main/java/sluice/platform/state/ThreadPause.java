package sluice.platform.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Lets the calling thread sleep. */
@ApplicationScoped
class ThreadPause implements Pause {

    @Override
    public void await(Duration duration) {
        try {
            Thread.sleep(Math.max(0, duration.toMillis()));
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
        }
    }
}
