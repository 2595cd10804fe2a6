package sluice.core.json;

/** Is told of each key that an object has a second time. Reading goes on; the later value counts. */
@FunctionalInterface
public interface DuplicateKeyListener {

    /**
     * Called for each repeated key.
     *
     * @param position place of the repeated key
     * @param pointer JSON Pointer of its value
     */
    void found(Position position, String pointer, String key);
}
