package sluice.govern.streams;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import sluice.govern.settings.SupervisorListener;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;

/**
 * Records how far a stream is read when another version of its definition takes over, so that a reset can go back to that time.
 * Tasks of the version before may read a little further until they publish.
 */
@ApplicationScoped
class OffsetRecorder implements SupervisorListener {

    private static final Log LOG = Log.of(OffsetRecorder.class);

    private final StreamStore store;

    OffsetRecorder(StreamStore store) {
        this.store = store;
    }

    @Override
    public void changes(DruidCluster cluster, String supervisor, Instant at) {
        try {
            cluster.streams()
                    .status(supervisor)
                    .filter(status -> !status.position().isEmpty())
                    .ifPresent(status -> store.record(
                            cluster.name(), supervisor, new OffsetSnapshot(at, status.stream(), status.position())));
        } catch (DruidException exception) {
            // A change that cannot be undone exactly is better than none: the watch records offsets, too.
            LOG.warn(
                    "Offsets are not recorded before a change",
                    "cluster",
                    cluster.name(),
                    "supervisor",
                    supervisor,
                    "reason",
                    exception.getMessage());
        }
    }
}
