package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;

/** Finds the definition of a reconciliation. */
@ApplicationScoped
class DefinitionsInForce {

    private final Registry registry;
    private final DefinitionCatalog catalog;

    DefinitionsInForce(Registry registry, DefinitionCatalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    /** Returns false if another version has become active, which has its own reconciliation. */
    boolean isCurrent(Reconciliation reconciliation) {
        int active = registry.active(reconciliation.datasource())
                .map(Active::activation)
                .orElse(0);
        return active == reconciliation.number();
    }

    /**
     * Returns the definition; empty if it cannot be read. A tick handles many reconciliations, so definitions are read anew
     * only if the cached one has another hash.
     */
    Optional<Definition> definition(Reconciliation reconciliation) {
        return catalog.current()
                .find(reconciliation.datasource())
                .filter(known -> known.hash().equals(reconciliation.definitionHash()))
                .or(() -> catalog.fresh().find(reconciliation.datasource()));
    }
}
