package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;

/**
 * Notices that a definition which lies in a file has changed: it is in force as soon as it lies there, and so are the
 * settings that it wants. What was seen already is kept in memory, so that a tick reads the table for new ones only.
 */
@ApplicationScoped
public class FileDefinitions {

    private static final Logger LOG = Logger.getLogger(FileDefinitions.class);

    private final DefinitionCatalog catalog;
    private final Registry registry;
    private final Reconciliations alignments;
    private final SettingsReconciler aligner;
    private final Map<String, String> seen = new HashMap<>();

    FileDefinitions(
            DefinitionCatalog catalog, Registry registry, Reconciliations alignments, SettingsReconciler aligner) {
        this.catalog = catalog;
        this.registry = registry;
        this.alignments = alignments;
        this.aligner = aligner;
    }

    /** Notes what is to be brought in line; the next tick begins with it. */
    public synchronized void notice() {
        for (Definition definition : catalog.current().byDatasource().values()) {
            String hash = definition.hash();
            if (!hash.equals(seen.get(definition.datasource()))) {
                if (isToBeAligned(definition, hash)) {
                    LOG.infof("The definition of %s in a file is new or has changed", definition.datasource());
                    alignments.ofFile(definition);
                }
                seen.put(definition.datasource(), hash);
            }
        }
    }

    private boolean isToBeAligned(Definition definition, String hash) {
        if (registry.active(definition.datasource()).isPresent()) {
            return false; // Its activation has noted it.
        }
        Optional<Reconciliation> before = alignments.find(definition.datasource());
        return before.isPresent()
                ? !before.get().definitionHash().equals(hash)
                : definition.clusters().stream()
                        .anyMatch(cluster -> !aligner.isNothing(definition, cluster, ManagedSettings.NOTHING));
    }
}
