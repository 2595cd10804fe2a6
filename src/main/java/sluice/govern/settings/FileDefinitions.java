package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.platform.log.Log;
import sluice.platform.state.AfterTick;

/**
 * Notices changes of definitions in files. Such a definition is active as soon as its file exists, and so are its settings.
 * Known definitions are kept in memory, so a tick reads the table for new ones only.
 */
@ApplicationScoped
public class FileDefinitions implements AfterTick {

    private static final Log LOG = Log.of(FileDefinitions.class);

    private final DefinitionCatalog catalog;
    private final Registry registry;
    private final Reconciliations reconciliations;
    private final SettingsReconciler reconciler;
    private final Map<String, String> seen = new HashMap<>();

    FileDefinitions(
            DefinitionCatalog catalog,
            Registry registry,
            Reconciliations reconciliations,
            SettingsReconciler reconciler) {
        this.catalog = catalog;
        this.registry = registry;
        this.reconciliations = reconciliations;
        this.reconciler = reconciler;
    }

    @Override
    public void afterTick() {
        notice();
    }

    /** Stores a reconciliation for each new or changed definition. The next tick takes its first step. */
    public synchronized void notice() {
        for (Definition definition : catalog.current().byDatasource().values()) {
            String hash = definition.hash();
            if (!hash.equals(seen.get(definition.datasource()))) {
                if (needsReconciliation(definition, hash)) {
                    LOG.info("Definition file is new or has changed", "datasource", definition.datasource());
                    reconciliations.ofFile(definition);
                }
                seen.put(definition.datasource(), hash);
            }
        }
    }

    private boolean needsReconciliation(Definition definition, String hash) {
        if (registry.active(definition.datasource()).isPresent()) {
            return false; // Its activation has stored one.
        }
        Optional<Reconciliation> before = reconciliations.find(definition.datasource());
        return before.isPresent()
                ? !before.get().definitionHash().equals(hash)
                : definition.clusters().stream()
                        .anyMatch(cluster -> !reconciler.isNothing(definition, cluster, ManagedSettings.NOTHING));
    }
}
