package sluice.entry.function;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a process's first tick short: that tick has waited for a cold start already, so it handles due items only. Other
 * work waits for the second tick, a minute later. A schedule of one tick a minute keeps the process alive.
 */
@ApplicationScoped
class FirstTick {

    private final AtomicBoolean isOver = new AtomicBoolean();

    /** Returns false on the first call and true afterwards. */
    boolean isOver() {
        return isOver.getAndSet(true);
    }
}
