package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.platform.druid.SupervisorStatus;

/** The datasource {@code wiki}, whose settings are reconciled with the cluster {@code main} in memory. */
final class Reconciling {

    static final String STREAM =
            "stream: [{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]";
    static final String TWO_STREAMS = STREAM.replace(
            "]",
            ", {type: kafka, id: wiki-old, topic: old, consumerProperties: {bootstrap.servers:"
                    + " \"localhost:9092\"}}]");
    static final String RETENTION = "retention: {keep: P365D}";
    static final String COMPACTION = "compaction: {engine: native}";
    /** A definition with settings of every kind. */
    static final String ALL = GovernWorld.text("wiki", STREAM, RETENTION, COMPACTION);

    static final Duration SOON = Duration.ofMinutes(1);
    static final Duration NEXT_CHECK = Duration.ofMinutes(16);

    static final SupervisorStatus CONNECTING = new SupervisorStatus("PENDING", "CONNECTING_TO_STREAM", true, List.of());
    static final SupervisorStatus ILL =
            new SupervisorStatus("UNHEALTHY_SUPERVISOR", "UNABLE_TO_CONNECT_TO_STREAM", false, List.of("no broker"));
    static final SupervisorStatus RUNNING = new SupervisorStatus("RUNNING", "RUNNING", true, List.of());

    private final GovernWorld world = new GovernWorld();
    private final Reconciliations reconciliations = world.bean(Reconciliations.class);

    GovernWorld world() {
        return world;
    }

    Reconciliations reconciliations() {
        return reconciliations;
    }

    /** Applies a definition, then ticks once. */
    void aligning(String text) {
        world.apply(text);
        world.tickAfter(SOON);
    }

    /** Applies a definition, and one tick is enough to align the cluster with it. */
    void aligned(String text) {
        aligning(text);
        assertThat(current().phase()).isEqualTo(Phase.ALIGNED);
    }

    Reconciliation current() {
        return reconciliations.find("wiki").orElseThrow();
    }

    /** How the reconciliation stands on the cluster {@code main}. */
    OnCluster main() {
        return current().clusters().stream()
                .filter(cluster -> cluster.cluster().equals("main"))
                .findFirst()
                .orElseThrow();
    }
}
