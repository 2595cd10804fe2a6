package sluice.platform.state;

import java.time.Instant;
import java.util.List;

/**
 * Takes the next step of one kind of due items. A tick calls all handlers, the one with the highest
 * {@link jakarta.annotation.Priority} first; one that fails does not stop the others.
 */
public interface DueItemHandler {

    /**
     * Handles its own items and skips all others. It is idempotent, because a tick may repeat the same items.
     *
     * @param due items of the due index, at least one
     * @param deadline no work whose length depends on the number of items starts after it; what is left stays due
     */
    void handle(List<Item> due, Instant deadline);

    /** Returns true if a tick goes on for the item, should it become due before the schedule's next tick. */
    default boolean keepsTicking(Item item) {
        return false;
    }

    /** Waits for work that {@link #handle} has left running. */
    default void finish(Instant deadline) {}
}
