package sluice.govern.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Watched;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.log.Log;
import sluice.platform.metric.Metric;
import sluice.platform.metric.MetricPlace;
import sluice.platform.metric.Metrics;

/**
 * Follows supervisors from their post until they run. Druid accepts a supervisor that never reads anything, for example
 * because its brokers are unreachable, and calls it healthy for a while (apache/druid #6992). So there is a time limit.
 * Druid 33 also calls a supervisor healthy if each of its tasks fails, for example on messages that they cannot read. So
 * this class looks at the tasks, too.
 *
 * <p>It also follows the tasks of terminated supervisors. They publish what they have read and end. But a task that had just
 * begun when its supervisor was terminated stays, holds its slot and reads for ever (seen with Druid 33). This class shuts
 * it down.
 */
@ApplicationScoped
class SupervisorWatch {

    private static final Log LOG = Log.of(SupervisorWatch.class);

    private final DruidClusters clusters;
    private final ReconciliationSettings settings;
    private final Metrics metrics;

    SupervisorWatch(DruidClusters clusters, ReconciliationSettings settings, Metrics metrics) {
        this.clusters = clusters;
        this.settings = settings;
        this.metrics = metrics;
    }

    /**
     * Looks once at all supervisors that start or end.
     *
     * @param since when the supervisors were posted or terminated
     */
    List<OnCluster> look(String datasource, List<OnCluster> onClusters, Instant since, Instant now) {
        return look(datasource, onClusters, since, now, now.isAfter(since.plus(settings.startLimit())));
    }

    /** Looks once at supervisors that ran before. They may restart for their own reasons, so no time limit applies. */
    List<OnCluster> lookAgain(String datasource, List<OnCluster> onClusters, Instant since, Instant now) {
        return look(datasource, onClusters, since, now, false);
    }

    /** Counts a supervisor that does not work, whether Druid calls it unhealthy or not. */
    private void measure(MetricPlace place, Optional<SupervisorStatus> status, Watched looked) {
        if (looked.state() == Watched.State.FAILED) {
            metrics.add(Metric.SUPERVISORS_UNHEALTHY, place, 1);
        }
        status.map(SupervisorStatus::lag).ifPresent(lag -> metrics.peak(Metric.SUPERVISOR_LAG, place, lag));
    }

    private List<OnCluster> look(
            String datasource, List<OnCluster> onClusters, Instant since, Instant now, boolean late) {
        return onClusters.stream()
                .map(before -> clusters.find(before.cluster())
                        .map(cluster -> before.with(
                                before.changes(),
                                before.supervisors().stream()
                                        .map(supervisor -> look(datasource, cluster, supervisor, since, now, late))
                                        .toList()))
                        .orElse(before))
                .toList();
    }

    private Watched look(
            String datasource, DruidCluster cluster, Watched supervisor, Instant since, Instant now, boolean late) {
        return switch (supervisor.state()) {
            case STARTING -> {
                Optional<SupervisorStatus> status = cluster.settings().supervisorStatus(supervisor.id());
                Watched looked = withItsTasks(look(status, supervisor.id(), late), datasource, cluster, since, now);
                measure(MetricPlace.datasource(cluster.name(), datasource), status, looked);
                yield looked;
            }
            case ENDING -> ending(datasource, cluster, supervisor, now.isAfter(since.plus(settings.endLimit())));
            case RUNNING, SUSPENDED, FAILED, ENDED -> supervisor;
        };
    }

    private static Watched withItsTasks(
            Watched looked, String datasource, DruidCluster cluster, Instant since, Instant now) {
        if (looked.state() != Watched.State.RUNNING) {
            return looked;
        }
        return cluster.taskTable()
                .streamFailure(datasource, looked.id(), since, now)
                .map(error -> new Watched(
                        looked.id(),
                        Watched.State.FAILED,
                        looked.detailedState(),
                        "its tasks fail one after the other: " + error))
                .orElse(looked);
    }

    private Watched ending(String datasource, DruidCluster cluster, Watched supervisor, boolean late) {
        List<String> tasks = cluster.taskTable().runningStreamTasks(datasource, supervisor.id());
        if (tasks.isEmpty()) {
            return new Watched(supervisor.id(), Watched.State.ENDED, null, supervisor.reason());
        }
        if (!late) {
            return supervisor;
        }
        LOG.warn(
                "Tasks outlive their terminated supervisor and are shut down",
                "cluster",
                cluster.name(),
                "datasource",
                datasource,
                "supervisor",
                supervisor.id(),
                "tasks",
                tasks,
                "limit",
                settings.endLimit());
        tasks.forEach(cluster.tasks()::shutdown);
        return new Watched(
                supervisor.id(),
                Watched.State.ENDING,
                null,
                "its tasks had not ended after " + settings.endLimit() + " and were shut down");
    }

    private Watched look(Optional<SupervisorStatus> found, String id, boolean late) {
        if (found.isEmpty()) {
            return new Watched(id, Watched.State.FAILED, null, "Druid has no supervisor with this id");
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
            return new Watched(id, Watched.State.FAILED, detail, status.withLatestError("it is " + status.state()));
        }
        return late
                ? new Watched(
                        id,
                        Watched.State.FAILED,
                        detail,
                        status.withLatestError("it still does not run after " + settings.startLimit()))
                : new Watched(id, Watched.State.STARTING, detail, null);
    }
}
