package sluice.core.json;

/** Is called for each repeated key of an object. Reading continues, and the last value counts. */
@FunctionalInterface
public interface DuplicateKeyListener {

    /**
     * Called for each repeated key.
     *
     * @param position position of the repeated key
     * @param pointer JSON Pointer of its value
     */
    void found(Position position, String pointer, String key);
}
