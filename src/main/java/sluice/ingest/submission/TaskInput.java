package sluice.ingest.submission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.InputObject;
import sluice.core.spec.SpecBinding;
import sluice.ingest.EnvironmentReach;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.tracking.ObjectVersions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.ObjectAccess;

/** What the task of a run reads: whether it may, whether that is still what the run planned, and by which addresses. */
@ApplicationScoped
class TaskInput {

    private final EnvironmentReach reach;
    private final ObjectVersions versions;
    private final PresignedObjects presigned;

    TaskInput(EnvironmentReach reach, ObjectVersions versions, PresignedObjects presigned) {
        this.reach = reach;
        this.versions = versions;
        this.presigned = presigned;
    }

    /** Returns an object that the datasource may not read. The setting may have changed since the run was planned. */
    Optional<InputObject> forbidden(Run run, Plan plan) {
        return plan.objects().stream()
                .filter(object -> !reach.policy()
                        .allows(
                                run.datasource(),
                                object.location().bucket(),
                                object.location().key()))
                .findFirst();
    }

    /**
     * Returns the objects that were overwritten or deleted since the run was planned. It costs a listing of the objects: a request
     * for each thousand of neighbours.
     */
    List<InputObject> changed(Plan plan) {
        return versions.changedOrGone(plan.objects());
    }

    /** Returns the task to post. It may hold presigned addresses, which are secrets. */
    ObjectNode task(Run run, Plan plan, DruidCluster cluster) {
        ObjectNode task = SpecBinding.bind(plan.requireSpec(), run.taskId(), run.id(), run.specHash());
        return cluster.objectAccess() == ObjectAccess.S3 || !run.isBatch()
                ? task
                : SpecBinding.presigned(task, presigned.addresses(plan.objects(), run.timeLimit()));
    }
}
