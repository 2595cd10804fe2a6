package sluice.govern.registry;

import java.util.List;
import java.util.Map;

/** A source of definitions. */
interface DefinitionFiles {

    /**
     * Returns all files. Unchanged ones are taken from the known files.
     *
     * @param known the files of the last reading, by name
     */
    List<DefinitionFile> read(Map<String, DefinitionFile> known);

    /** Returns true if the S3 object is one of them. */
    default boolean holds(String bucket, String key) {
        return false;
    }
}
