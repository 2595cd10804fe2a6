package sluice.registry;

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
}
