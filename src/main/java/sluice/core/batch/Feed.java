package sluice.core.batch;

import java.util.Objects;

/**
 * A datasource in one cluster: where runs load into, and what leases, time chunks and the ledger are about.
 *
 * @param cluster name of the Druid cluster
 * @param datasource Druid's datasource
 */
public record Feed(String cluster, String datasource) {

    public Feed {
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(datasource, "datasource");
    }

    /** {@code cluster/datasource}, as events name it in their subject. */
    @Override
    public String toString() {
        return cluster + "/" + datasource;
    }
}
