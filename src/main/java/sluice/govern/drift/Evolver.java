package sluice.govern.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.json.CanonicalJson;
import sluice.govern.registry.Active;
import sluice.govern.registry.ContendedException;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Proposal;
import sluice.govern.registry.Registry;
import sluice.govern.registry.Version;
import sluice.platform.log.Log;

/** Creates a new version of a definition that differs in added columns only. */
@ApplicationScoped
class Evolver {

    /** Author of versions that drift creates. */
    static final String AUTHOR = "sluice";

    private static final Log LOG = Log.of(Evolver.class);

    private final Registry registry;
    private final DefinitionCatalog catalog;

    Evolver(Registry registry, DefinitionCatalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    /** Returns the active definition if it is another one, because somebody else may have evolved it. */
    Optional<Definition> inForceInsteadOf(Definition definition) {
        return catalog.fresh()
                .find(definition.datasource())
                .filter(now -> now.batch() != null && !now.hash().equals(definition.hash()));
    }

    /**
     * Activates the definition with the columns and returns it. Returns empty if the definition is in a file, if somebody
     * else changes it at the same time, or if adding the columns to its text would change more.
     */
    Optional<Definition> evolve(Definition definition, List<ColumnDrift.New> columns) {
        String datasource = definition.datasource();
        Optional<Active> active =
                registry.active(datasource).filter(read -> read.hash().equals(definition.hash()));
        if (active.isEmpty()) {
            LOG.warn("Definition cannot evolve, it is not the registry's active version", "datasource", datasource);
            return Optional.empty();
        }
        ObjectNode wanted = definition.document();
        Evolution.add(wanted, columns);
        Version version = registry.version(datasource, active.get().version()).orElseThrow();
        Optional<String> text = Evolution.text(version.text(), columns);
        Optional<Definition> evolved = text.map(catalog::read)
                .filter(ReadResult.Valid.class::isInstance)
                .map(read -> ((ReadResult.Valid) read).definition())
                .filter(read -> read.hash().equals(CanonicalJson.hash(wanted)));
        if (evolved.isEmpty()) {
            LOG.warn("Definition cannot evolve, its text would change beyond the columns", "datasource", datasource);
            return Optional.empty();
        }
        try {
            Active next = registry.apply(
                    new Proposal(evolved.get(), text.get(), AUTHOR, version.commit(), note(columns)), active);
            LOG.info(
                    "Definition has evolved",
                    "datasource",
                    datasource,
                    "version",
                    next.version(),
                    "reason",
                    note(columns));
            return evolved;
        } catch (ContendedException exception) {
            LOG.info("Definition was changed by somebody else at the same time", "datasource", datasource);
            return Optional.empty();
        }
    }

    private static String note(List<ColumnDrift.New> columns) {
        return "new columns in the files: "
                + String.join(
                        ", ", columns.stream().map(ColumnDrift.New::column).toList());
    }
}
