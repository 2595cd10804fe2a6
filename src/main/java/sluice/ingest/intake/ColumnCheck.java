package sluice.ingest.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;

/** Compares the columns of a batch with its definition before the batch is planned. {@code govern.drift} implements it. */
public interface ColumnCheck {

    /** Samples the newest files of a batch, compares their columns and remembers them. */
    Look look(Definition definition, Batch batch, ObjectNode spec, DruidCluster cluster);

    /**
     * The result of a comparison.
     *
     * @param findings one per changed column; an error refuses the run
     * @param evolved the definition with the new columns, which is active by now; empty if nothing was added
     */
    public record Look(List<Finding> findings, Optional<Definition> evolved) {
        public Look {
            findings = List.copyOf(findings);
        }
    }
}
