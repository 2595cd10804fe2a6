package sluice.govern.settings;

import java.time.Instant;
import sluice.platform.druid.DruidCluster;

/** Is told before reconciliation changes a supervisor that exists. Streams implement it: they note how far it has read. */
public interface SupervisorListener {

    /**
     * A supervisor is about to be replaced or terminated.
     *
     * @param at when the definition became active that wants it so
     */
    void changes(DruidCluster cluster, String supervisor, Instant at);
}
