package sluice.govern.registry;

import java.util.List;
import java.util.Map;

/** Where definitions lie. */
interface DefinitionFiles {

    /**
     * All files, those that have not changed taken from what is known already.
     *
     * @param known the files of the last reading, by name
     */
    List<DefinitionFile> read(Map<String, DefinitionFile> known);

    /** Whether an object of S3 is one of them. */
    default boolean holds(String bucket, String key) {
        return false;
    }
}
