package sluice.ingest.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;

/** Compares the columns of a batch with its definition before the batch is planned. Drift implements it. */
public interface ColumnCheck {

    /** Looks at the newest files of a batch and remembers their columns. */
    Look look(Definition definition, Batch batch, ObjectNode spec, DruidCluster cluster);

    /**
     * What a look has shown.
     *
     * @param findings one for each column that is not what it was; an error refuses the run
     * @param evolved the definition with the new columns, in force by now; empty where nothing was added
     */
    public record Look(List<Finding> findings, Optional<Definition> evolved) {
        public Look {
            findings = List.copyOf(findings);
        }
    }
}
