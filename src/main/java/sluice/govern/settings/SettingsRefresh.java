package sluice.govern.settings;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Registry;
import sluice.ingest.hold.HoldStore;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/** Reconciles a datasource again when its holds change: a hold adds a load rule, and the end of a hold takes it away. */
@ApplicationScoped
@Priority(60)
public class SettingsRefresh implements DueItemHandler {

    private static final String AUTHOR = "sluice";

    private final Registry registry;
    private final DefinitionCatalog catalog;
    private final Reconciliations reconciliations;
    private final HoldStore holds;

    SettingsRefresh(Registry registry, DefinitionCatalog catalog, Reconciliations reconciliations, HoldStore holds) {
        this.registry = registry;
        this.catalog = catalog;
        this.reconciliations = reconciliations;
        this.holds = holds;
    }

    /** Has the next tick reconcile the datasource. No-op if nothing defines it. */
    public void refresh(String datasource, String author) {
        Optional<Active> active = registry.active(datasource);
        if (active.isPresent()) {
            reconciliations.again(active.get(), author);
        } else {
            catalog.fresh().find(datasource).ifPresent(reconciliations::ofFile);
        }
    }

    /** Ends the holds among the items of the due index whose time is over. */
    @Override
    public void handle(List<Item> due, Instant deadline) {
        holds.end(due, datasource -> refresh(datasource, AUTHOR));
    }
}
