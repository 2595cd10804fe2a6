package sluice.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import sluice.druid.DruidCluster;
import sluice.druid.DruidClusters;
import sluice.druid.SupervisorStatus;
import sluice.settings.Alignment.OnCluster;
import sluice.settings.Alignment.Watched;

/**
 * Follows supervisors from their post until they run. Druid answers 200 to a supervisor that never reads anything, such as
 * one whose brokers it cannot reach, and calls it healthy for a while (apache/druid #6992): so there is a limit.
 */
@ApplicationScoped
class SupervisorWatch {

    private final Duration limit;

    private final DruidClusters clusters;

    SupervisorWatch(
            DruidClusters clusters,
            @ConfigProperty(name = "sluice.settings.start-limit", defaultValue = "PT5M") Duration limit) {
        this.clusters = clusters;
        this.limit = limit;
    }

    /**
     * One look at those that are not known to run or not to.
     *
     * @param since when they were posted
     */
    List<OnCluster> look(List<OnCluster> onClusters, Instant since, Instant now) {
        boolean late = now.isAfter(since.plus(limit));
        return onClusters.stream()
                .map(before -> clusters.find(before.cluster())
                        .map(cluster -> before.with(before.changes(), look(cluster, before.supervisors(), late)))
                        .orElse(before))
                .toList();
    }

    private List<Watched> look(DruidCluster cluster, List<Watched> supervisors, boolean late) {
        return supervisors.stream()
                .map(supervisor -> supervisor.state() == Watched.State.STARTING
                        ? look(cluster.settings().supervisorStatus(supervisor.id()), supervisor.id(), late)
                        : supervisor)
                .toList();
    }

    private Watched look(Optional<SupervisorStatus> found, String id, boolean late) {
        if (found.isEmpty()) {
            return new Watched(id, Watched.State.FAILED, null, "Druid has no supervisor of this id");
        }
        SupervisorStatus status = found.get();
        String detail = status.detailedState();
        if (status.isRunning()) {
            return new Watched(id, Watched.State.RUNNING, detail, null);
        }
        if (status.isSuspended()) {
            return new Watched(id, Watched.State.SUSPENDED, detail, "somebody has suspended it");
        }
        if (!status.healthy()) {
            return new Watched(id, Watched.State.FAILED, detail, reason("it is " + status.state(), status));
        }
        return late
                ? new Watched(id, Watched.State.FAILED, detail, reason("it still does not run after " + limit, status))
                : new Watched(id, Watched.State.STARTING, detail, null);
    }

    private static String reason(String what, SupervisorStatus status) {
        List<String> errors = status.errors();
        return errors.isEmpty() ? what : what + ": " + errors.get(errors.size() - 1);
    }
}
