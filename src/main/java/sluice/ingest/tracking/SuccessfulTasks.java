package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import sluice.core.batch.InputObject;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.TaskReport;
import sluice.platform.log.Log;

/**
 * Judges runs whose task has succeeded: whether its servers lived on, whether it read the planned versions of its objects, and
 * whether its counts are as the definition expects.
 */
@ApplicationScoped
class SuccessfulTasks {

    private static final Log LOG = Log.of(SuccessfulTasks.class);

    private final RunStore store;
    private final Transitions transitions;
    private final RunCompletion completion;
    private final OwnSegments own;
    private final ObjectVersions versions;
    private final AvailabilityCheck availability;
    private final Clock clock;

    SuccessfulTasks(
            RunStore store,
            Transitions transitions,
            RunCompletion completion,
            OwnSegments own,
            ObjectVersions versions,
            AvailabilityCheck availability,
            Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.completion = completion;
        this.own = own;
        this.versions = versions;
        this.availability = availability;
        this.clock = clock;
    }

    /**
     * Takes the next step of a run whose task has succeeded.
     *
     * @param runTime how long the task ran
     * @param report empty if Druid has none
     */
    void succeeded(
            Run run, RunState.InDruid state, DruidCluster cluster, Duration runTime, Optional<TaskReport> report) {
        SegmentSnapshot mark = store.segmentMark(run)
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " was submitted without a mark"));
        Plan plan = store.plan(run);
        Problem takingBack = mark.takingBack();
        if (takingBack != null) {
            finished(run, state, cluster, mark, takingBack, plan);
            return;
        }
        if (availability.of(run).createsSegments()) {
            OptionalLong published = report.map(TaskReport::published).orElse(OptionalLong.empty());
            mark = own.ofSuccess(run, plan, mark, runTime, published, cluster);
        }
        Counts counts = Counts.of(report.orElse(null), mark.created().size(), runTime.toMillis());
        List<String> restarted = mark.workers().isEmpty() ? List.of() : mark.restarted(cluster.workers());
        if (!restarted.isEmpty()) {
            restarted(run, state, cluster, mark, restarted);
            return;
        }
        List<InputObject> changed = versions.changed(plan.objects());
        if (!changed.isEmpty()) {
            changed(run, state, cluster, mark, changed);
            return;
        }
        List<String> violations = report.isEmpty() ? List.of() : violations(plan.expect(), counts);
        Instant now = clock.instant();
        if (violations.isEmpty()) {
            transitions.move(run, state.succeeded(now, counts), mark);
            return;
        }
        Problem problem = new Problem(
                Problem.Code.EXPECTATION,
                String.join("; ", violations)
                        + report.map(TaskReport::errors)
                                .filter(errors -> !errors.isEmpty())
                                .map(errors -> "; first error: " + errors.get(0))
                                .orElse(""));
        List<String> errors = report.map(TaskReport::errors).orElse(List.of());
        switch (plan.onViolation()) {
            case WARN -> {
                LOG.warn("Counts of a run are not as expected", "runId", run.id(), "reason", problem.message());
                transitions.move(run, state.succeeded(now, counts), mark);
            }
            case FAIL -> {
                store.mark(run, mark);
                completion.fail(run, state, problem, errors);
            }
            case ROLLBACK -> {
                SegmentSnapshot confirmed = own.confirmed(run, mark, cluster);
                if (confirmed.isOwn()) {
                    completion.rollBack(run, state, state.rolledBack(now, problem), cluster, confirmed, errors);
                } else {
                    store.mark(run, confirmed);
                    completion.fail(
                            run,
                            state,
                            new Problem(problem.code(), problem.message() + "; " + confirmed.doubt()),
                            errors);
                }
            }
        }
    }

    /**
     * Takes the run back and loads it once more. After a crash, Druid 33 runs the sub-tasks of a multi-phase task again and merges
     * the results of both: rows are there twice, report and segments agree, and the task says SUCCESS. No count shows it.
     */
    private void restarted(
            Run run, RunState.InDruid state, DruidCluster cluster, SegmentSnapshot mark, List<String> servers) {
        LOG.warn("Servers were restarted while a task ran", "runId", run.id(), "servers", servers);
        takenBack(
                run,
                state,
                cluster,
                mark,
                new Problem(
                        Problem.Code.SERVERS_RESTARTED,
                        "Druid's servers " + servers + " were restarted while the task ran, after which it may have"
                                + " loaded rows twice"));
    }

    /**
     * Takes the run back. The task may have read the new versions of these objects, or the old ones. Its chunks are planned anew when
     * the event about its end arrives.
     */
    private void changed(
            Run run, RunState.InDruid state, DruidCluster cluster, SegmentSnapshot mark, List<InputObject> changed) {
        LOG.warn(
                "Objects were overwritten while they were loaded",
                "runId",
                run.id(),
                "objects",
                changed.size(),
                "first",
                changed.get(0).location());
        takenBack(
                run,
                state,
                cluster,
                mark,
                new Problem(
                        Problem.Code.OBJECTS_CHANGED,
                        changed.size() + " objects were overwritten between plan and read, the first is s3://"
                                + changed.get(0).bucket() + "/" + changed.get(0).key()));
    }

    private void takenBack(
            Run run, RunState.InDruid state, DruidCluster cluster, SegmentSnapshot mark, Problem problem) {
        SegmentSnapshot confirmed = own.confirmed(run, mark, cluster);
        if (confirmed.isOwn()) {
            Problem why = new Problem(problem.code(), problem.message() + "; what it published is taken back");
            failedAfter(completion.takeBack(run, state, cluster, confirmed, why), state, why);
        } else {
            store.mark(run, confirmed);
            completion.fail(
                    run,
                    state,
                    new Problem(Problem.Code.NOT_TAKEN_BACK, problem.message() + "; " + confirmed.doubt()),
                    List.of());
        }
    }

    /** Goes on with what an earlier check has begun. What the report says now does not matter any more. */
    private void finished(
            Run run, RunState.InDruid state, DruidCluster cluster, SegmentSnapshot mark, Problem why, Plan plan) {
        if (why.code() == Problem.Code.EXPECTATION && plan.onViolation() == OnViolation.ROLLBACK) {
            completion.rollBack(
                    run, state, state.rolledBack(clock.instant(), why), cluster, mark, List.of(why.message()));
        } else {
            failedAfter(completion.takeBack(run, state, cluster, mark, why), state, why);
        }
    }

    private void failedAfter(Optional<Run> takenBack, RunState.InDruid state, Problem why) {
        takenBack.ifPresent(clean -> completion.fail(clean, state, why, List.of()));
    }

    private static List<String> violations(Expectation expect, Counts counts) {
        List<String> violations = new ArrayList<>();
        check(violations, "rows", Objects.requireNonNull(counts.read(), "rows of the report"), expect.rows());
        check(violations, "unparseable", counts.unparseable(), expect.unparseable());
        check(violations, "thrownAway", counts.thrownAway(), expect.thrownAway());
        return violations;
    }

    private static void check(List<String> violations, String name, long count, Expectation.Bounds bounds) {
        if (!bounds.hold(count)) {
            violations.add(name + ": " + count + " where the definition expects "
                    + (bounds.min() == null ? "" : "at least " + bounds.min())
                    + (bounds.min() == null || bounds.max() == null ? "" : " and ")
                    + (bounds.max() == null ? "" : "at most " + bounds.max()));
        }
    }
}
