package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.Outage;
import sluice.platform.log.Log;

/** Takes the due runs of one cluster a step further: events first, then what the cluster has to be asked for. */
@ApplicationScoped
class ClusterRuns {

    private static final Log LOG = Log.of(ClusterRuns.class);

    private final DruidClusters clusters;
    private final AbsentCluster absent;
    private final Transitions transitions;
    private final PlannedEventRepublisher republisher;
    private final RunChecks checks;
    private final ClusterFollower follower;

    ClusterRuns(
            DruidClusters clusters,
            AbsentCluster absent,
            Transitions transitions,
            PlannedEventRepublisher republisher,
            RunChecks checks,
            ClusterFollower follower) {
        this.clusters = clusters;
        this.absent = absent;
        this.transitions = transitions;
        this.republisher = republisher;
        this.checks = checks;
        this.follower = follower;
    }

    void follow(String name, List<Run> runs, Instant deadline) {
        Queue<Run> silent = new ConcurrentLinkedQueue<>();
        checks.each(runs, deadline, run -> {
            Run flushed = transitions.flush(run);
            if (!flushed.hasEnded() && (flushed == run || !(flushed.state() instanceof RunState.Unsubmitted))) {
                silent.add(flushed);
            }
        });
        if (silent.isEmpty()) {
            return;
        }
        List<Run> live = List.copyOf(silent);
        Optional<DruidCluster> cluster = clusters.find(name);
        if (cluster.isEmpty()) {
            absent.follow(name, live, deadline);
            return;
        }
        Optional<Outage> outage = cluster.get().outage();
        if (outage.isPresent()) {
            setBack(live, outage.get(), deadline);
            return;
        }
        republisher.send(
                live.stream()
                        .filter(run -> run.state() instanceof RunState.Unsubmitted)
                        .toList(),
                deadline);
        List<Run> followed = live.stream()
                .filter(run -> !(run.state() instanceof RunState.Unsubmitted))
                .toList();
        if (!followed.isEmpty()) {
            follower.follow(cluster.get(), followed, deadline);
        }
    }

    /** Nobody needs to hear of these runs while their cluster does not answer, {@code submit} least of all. */
    private void setBack(List<Run> runs, Outage outage, Instant deadline) {
        LOG.warn(
                "Runs wait for a cluster that does not answer",
                "cluster",
                outage.cluster(),
                "runs",
                runs.size(),
                "since",
                outage.since());
        checks.each(runs, deadline, run -> transitions.setBack(run, outage.message(), outage.until()));
    }
}
