package sluice.platform.state;

/** What {@code poll} does after the due items, from the second tick of its process on. One that fails does not stop the others. */
public interface AfterTick {

    /** Does the work, or notes when it is due. */
    void afterTick();
}
