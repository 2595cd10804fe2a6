package sluice.ingest.submission;

import java.util.Optional;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.TaskLock;

/**
 * Finds tasks that append to the time chunks of a replace: a stream's tasks, until they have published. With concurrent locks
 * Druid lets both write. What the stream published before is replaced, and what it publishes afterwards is added, so a row that
 * files and stream both have would be there twice. Without concurrent locks Druid itself makes one wait for the other.
 */
final class AppendingTasks {

    private AppendingTasks() {}

    /** Returns the lock of a task that the run has to wait for; empty if there is none. */
    static Optional<TaskLock> of(Run run, Plan plan, DruidCluster cluster) {
        boolean isConcurrentReplace = run.isBatch()
                && run.mode() == Mode.REPLACE
                && plan.requireSpec().at("/context/useConcurrentLocks").asBoolean();
        return isConcurrentReplace
                ? cluster.tasks().locks(run.datasource()).stream()
                        .filter(lock -> lock.isOfAppend() && lock.overlaps(run.chunks()))
                        .findFirst()
                : Optional.empty();
    }
}
