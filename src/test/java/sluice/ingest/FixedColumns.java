package sluice.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.ingest.intake.ColumnCheck;
import sluice.platform.druid.DruidCluster;

/** Columns that are what they were, unless a test says otherwise. */
public final class FixedColumns implements ColumnCheck {

    private Look look = new Look(List.of(), Optional.empty());
    private Runnable meanwhile = () -> {};
    private int looks;

    public void finds(Finding... findings) {
        look = new Look(List.of(findings), Optional.empty());
    }

    public void evolves(Definition evolved) {
        look = new Look(List.of(), Optional.of(evolved));
    }

    /** Does something at every look: between the reading of a chunk and the transaction that plans it. */
    public void meanwhile(Runnable something) {
        meanwhile = something;
    }

    /** Returns how often somebody has looked. */
    public int looks() {
        return looks;
    }

    @Override
    public Look look(Definition definition, Batch batch, ObjectNode spec, DruidCluster cluster) {
        looks++;
        meanwhile.run();
        return look;
    }
}
