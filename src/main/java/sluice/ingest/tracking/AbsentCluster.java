package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import sluice.ingest.IngestSettings;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.Outage;
import sluice.platform.log.Log;

/**
 * Ends the runs of a cluster that the environment does not have. They wait for {@code sluice.cluster-grace} first: a
 * deployment may have lost a variable for a moment.
 */
@ApplicationScoped
class AbsentCluster {

    private static final Log LOG = Log.of(AbsentCluster.class);

    private final ClusterBreaker breaker;
    private final RunStore store;
    private final RunChecks checks;
    private final RunCompletion completion;
    private final Transitions transitions;
    private final IngestSettings settings;
    private final Clock clock;

    AbsentCluster(
            ClusterBreaker breaker,
            RunStore store,
            RunChecks checks,
            RunCompletion completion,
            Transitions transitions,
            IngestSettings settings,
            Clock clock) {
        this.breaker = breaker;
        this.store = store;
        this.checks = checks;
        this.completion = completion;
        this.transitions = transitions;
        this.settings = settings;
        this.clock = clock;
    }

    /** @param runs runs that have not ended */
    void follow(String name, List<Run> runs, Instant deadline) {
        Outage absence = breaker.absent(name);
        Instant end = absence.since().plus(settings.clusterGrace());
        if (clock.instant().isBefore(end)) {
            LOG.error(
                    "Runs wait for a cluster that the environment does not have",
                    "cluster",
                    name,
                    "runs",
                    runs.size(),
                    "until",
                    end);
            checks.each(runs, deadline, run -> transitions.setBack(run, absence.message(), absence.until()));
        } else {
            checks.each(runs, deadline, run -> end(run, absence));
        }
    }

    /**
     * Names what is known. Rows of a task that had succeeded are or were in the datasource. A task that was posted may publish
     * while nobody watches it, also if somebody has cancelled its run, so its files count as loaded.
     */
    private void end(Run run, Outage absence) {
        Instant now = clock.instant();
        String message = "The environment has had no cluster called " + run.cluster() + " since " + absence.since();
        if (run.state() instanceof RunState.Succeeded state) {
            completion.timedOut(run, state.timedOut(now, new Problem(Problem.Code.NOT_AVAILABLE, message)));
        } else if (run.state() instanceof RunState.InDruid state) {
            String reason = state.cancelReason();
            String cancelled = reason == null ? "" : ", and the run was cancelled (" + reason + ")";
            inDoubt(run, state, message + cancelled);
        } else if (run.state() instanceof RunState.Live state) {
            if (store.mayBePosted(run)) {
                inDoubt(run, state, message);
            } else {
                String advice = message + ": set SLUICE_CLUSTERS_<NAME>_URL and request the run again";
                completion.fail(run, state, new Problem(Problem.Code.UNKNOWN_CLUSTER, advice), List.of(advice));
            }
        }
    }

    private void inDoubt(Run run, RunState.Live state, String message) {
        store.mark(
                run,
                store.segmentMark(run)
                        .orElse(SegmentSnapshot.NONE)
                        .unknown("tasks that ran while the environment did not have the cluster"));
        Problem problem = new Problem(
                Problem.Code.NOT_TAKEN_BACK,
                message + ". Task " + run.taskId() + " may have loaded its files: see in Druid what became of it");
        completion.fail(run, state, problem, List.of(problem.message()));
    }
}
