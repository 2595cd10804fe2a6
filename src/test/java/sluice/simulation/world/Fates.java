package sluice.simulation.world;

import java.util.List;
import java.util.Random;
import sluice.simulation.druid.Fate;

/**
 * What becomes of the tasks of a history.
 *
 * @param seed of the history
 */
record Fates(long seed, Workload workload) {

    private static final List<Fate> BAD =
            List.of(Fate.FAILS, Fate.HANGS, Fate.WORKER_DIES_BEFORE_PUBLISHING, Fate.WORKER_DIES_AFTER_PUBLISHING);

    /** While things go wrong. */
    Fate early(String taskId) {
        if (workload.chances().tasks() == 0) {
            return Fate.SUCCEEDS;
        }
        Random own = new Random(seed ^ taskId.hashCode());
        if (own.nextInt(100) >= workload.chances().tasks()) {
            return Fate.SUCCEEDS;
        }
        return workload.tidy() ? Fate.WORKER_DIES_AFTER_PUBLISHING : BAD.get(own.nextInt(BAD.size()));
    }

    /** A task that hangs goes on until somebody shuts it down. If tasks that fail have published, the second attempts do not fail. */
    Fate late(String taskId) {
        Fate fate = early(taskId);
        return fate == Fate.HANGS || workload.tidy() && taskId.endsWith("_1") ? fate : Fate.SUCCEEDS;
    }
}
