package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidClusters;

/**
 * Cancels runs. A run whose task was not posted yet ends at once. A run whose task is or may be in Druid ends when Druid says that
 * the task has ended, or that it has none. A request to shut down is no guarantee (apache/druid #18419), so the run notes the cancellation and
 * {@link TaskFollower} repeats the request.
 */
@ApplicationScoped
public class Cancellation {

    private final RunStore store;
    private final RunCompletion completion;
    private final Transitions transitions;
    private final DruidClusters clusters;
    private final Clock clock;

    Cancellation(
            RunStore store, RunCompletion completion, Transitions transitions, DruidClusters clusters, Clock clock) {
        this.store = store;
        this.completion = completion;
        this.transitions = transitions;
        this.clusters = clusters;
        this.clock = clock;
    }

    /**
     * Cancels the run as far as possible.
     *
     * @return the run as it is then: Cancelled; or with {@link RunState.InDruid#cancelReason} set, its task being shut down; or
     *     unchanged, because its task has ended. Empty if there is no such run
     * @throws StaleRunException if the run moved on meanwhile: try again
     */
    public Optional<Run> cancel(String runId, String reason) {
        Optional<Run> run = store.find(runId);
        Instant now = clock.instant();
        if (run.isPresent() && run.get().state() instanceof RunState.Unsubmitted state) {
            if (store.mayBePosted(run.get())) {
                // A submitter posts it just now, or died before it could say so.
                String taskId = run.get().taskId();
                transitions.move(run.get(), state.submitted(now, taskId).cancelling(now, reason));
                clusters.find(run.get().cluster())
                        .ifPresent(cluster -> cluster.tasks().shutdown(taskId));
            } else {
                completion.cancelled(run.get(), state.cancelled(now, reason));
            }
        } else if (run.isPresent() && run.get().state() instanceof RunState.InDruid state) {
            // Stored first: if the request to Druid is lost, the next check of the run repeats it.
            transitions.postpone(run.get().changed(state.cancelling(now, reason)));
            clusters.find(run.get().cluster())
                    .ifPresent(cluster -> cluster.tasks().shutdown(state.taskId()));
        }
        return run.isEmpty() ? run : store.find(runId);
    }
}
