package sluice.entry.function;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process's first tick does what is due and no more: it has waited for a start already. What else there is can wait for
 * the second, a minute later; a schedule that ticks every minute keeps its process.
 */
@ApplicationScoped
class FirstTick {

    private final AtomicBoolean isOver = new AtomicBoolean();

    /** False the first time that it is asked. */
    boolean isOver() {
        return isOver.getAndSet(true);
    }
}
