package sluice.govern.drift;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.core.json.CanonicalJson;
import sluice.govern.registry.Active;
import sluice.govern.registry.ContendedException;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Proposal;
import sluice.govern.registry.Registry;
import sluice.govern.registry.Version;

/** Makes a new version of a definition, with more columns and nothing else changed. */
@ApplicationScoped
class Evolver {

    /** Author of the versions that come of drift. */
    static final String AUTHOR = "sluice";

    private static final Logger LOG = Logger.getLogger(Evolver.class);

    private final Registry registry;
    private final DefinitionCatalog catalog;

    Evolver(Registry registry, DefinitionCatalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    /** The definition that is in force by now, where it is another one: somebody else may have evolved it. */
    Optional<Definition> inForceInsteadOf(Definition definition) {
        return catalog.fresh()
                .find(definition.datasource())
                .filter(now -> now.batch() != null && !now.hash().equals(definition.hash()));
    }

    /**
     * The definition with the columns, in force. Nothing comes of it where the definition lies in a file, where somebody
     * else has changed it at this moment, or where its text cannot be changed without changing more.
     */
    Optional<Definition> evolve(Definition definition, List<ColumnDrift.New> columns) {
        String datasource = definition.datasource();
        Optional<Active> active =
                registry.active(datasource).filter(read -> read.hash().equals(definition.hash()));
        if (active.isEmpty()) {
            LOG.warnf(
                    "%s says evolve and is not in the registry as it is used here: apply it, so that it can evolve",
                    datasource);
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
            LOG.warnf("The text of %s cannot be changed without changing more than its columns", datasource);
            return Optional.empty();
        }
        try {
            Active next = registry.apply(
                    new Proposal(evolved.get(), text.get(), AUTHOR, version.commit(), note(columns)), active);
            LOG.infof("%s evolved to version %d: %s", datasource, next.version(), note(columns));
            return evolved;
        } catch (ContendedException exception) {
            LOG.infof("%s was changed by somebody else at the same moment", datasource);
            return Optional.empty();
        }
    }

    private static String note(List<ColumnDrift.New> columns) {
        return "new columns in the files: "
                + String.join(
                        ", ", columns.stream().map(ColumnDrift.New::column).toList());
    }
}
