package sluice.govern.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the active versions of the registry. One query finds them; only changed ones are read. */
class RegistryFiles implements DefinitionFiles {

    private final Registry registry;

    RegistryFiles(Registry registry) {
        this.registry = registry;
    }

    @Override
    public List<DefinitionFile> read(Map<String, DefinitionFile> known) {
        List<DefinitionFile> files = new ArrayList<>();
        for (Active active : registry.actives()) {
            String name = name(active.datasource());
            DefinitionFile before = known.get(name);
            String version = active.version() + "." + active.hash();
            files.add(before != null && before.isStill(version) ? before : read(active, name, version));
        }
        return files;
    }

    /** Returns the name of a datasource's active version. */
    static String name(String datasource) {
        return "registry:" + datasource;
    }

    private DefinitionFile read(Active active, String name, String version) {
        return registry.version(active.datasource(), active.version())
                .map(stored -> new DefinitionFile(name, version, stored.text()))
                .orElseGet(() -> DefinitionFile.withheld(
                        name,
                        version,
                        "The registry has no version " + active.version() + " of " + active.datasource()
                                + ", which is active"));
    }
}
