package sluice.ingest.tracking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.Transitions;
import sluice.ingest.tracking.Verification.Outcome;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;

/** Follows a run from the success of its task until the {@link Verification} of its kind proves what the run was for. */
@ApplicationScoped
class AvailabilityCheck {

    private static final Log LOG = Log.of(AvailabilityCheck.class);
    /** A file waits no longer for others to arrive. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private final RunStore store;
    private final Transitions transitions;
    private final RunCompletion completion;
    private final OwnSegments own;
    private final Instance<Verification> verifications;
    private final Clock clock;
    private final AvailabilitySettings settings;

    AvailabilityCheck(
            RunStore store,
            Transitions transitions,
            RunCompletion completion,
            OwnSegments own,
            @Any Instance<Verification> verifications,
            Clock clock,
            AvailabilitySettings settings) {
        this.store = store;
        this.transitions = transitions;
        this.completion = completion;
        this.own = own;
        this.verifications = verifications;
        this.clock = clock;
        this.settings = settings;
    }

    /**
     * Returns the verification of the run's kind.
     *
     * @throws IllegalStateException if there is none
     */
    Verification of(Run run) {
        return verifications.stream()
                .filter(verification -> verification.kind() == run.kind())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "nothing verifies runs of kind " + run.kind().label()));
    }

    /** Verifies the run once. It ends, or it is checked again later. */
    void check(Run run, RunState.Succeeded state, DruidCluster cluster) {
        SegmentSnapshot mark = store.segmentMark(run)
                .orElseThrow(() -> new IllegalStateException("run " + run.id() + " has no segment mark"));
        Problem takingBack = state.takingBack();
        if (takingBack != null) {
            takeBack(run, state, takingBack, mark, cluster);
            return;
        }
        Plan plan = store.plan(run);
        Outcome outcome = of(run).verify(run, plan, mark, state.counts(), cluster);
        Instant now = clock.instant();
        if (outcome instanceof Outcome.Proven proven) {
            available(run, plan, state.available(now, proven.counts(), arrivedAt(run, plan)), mark);
        } else if (outcome instanceof Outcome.NotYet notYet) {
            notYet(run, state, notYet, now);
        } else if (outcome instanceof Outcome.Wrong wrong) {
            wrong(run, state, wrong, mark, cluster, now);
        }
    }

    /** Files that were there long before the run was planned have not just arrived: somebody has requested to load them. */
    private static @Nullable Instant arrivedAt(Run run, Plan plan) {
        return plan.objects().stream()
                .map(InputObject::lastModified)
                .max(Comparator.naturalOrder())
                .filter(arrived -> arrived.isAfter(run.createdAt().minus(LONGEST_WAIT)))
                .orElse(null);
    }

    private void available(Run run, Plan plan, RunState.Available end, SegmentSnapshot mark) {
        Long rows = end.counts().rows();
        // The segments of an append are among the new ones. If they have as many rows as its task reported, there are
        // no others.
        boolean alone = mark.isOwn()
                || run.mode() == Mode.APPEND
                        && !plan.isRolledUp()
                        && rows != null
                        && rows.equals(end.counts().read());
        SegmentSnapshot known = alone ? mark.own() : mark;
        if (!known.equals(mark)) {
            store.mark(run, known);
        }
        completion.available(run, end, known);
    }

    private void notYet(Run run, RunState.Succeeded state, Outcome.NotYet notYet, Instant now) {
        if (now.isAfter(state.since().plus(settings.limit()))) {
            completion.timedOut(
                    run,
                    state.timedOut(
                            now,
                            new Problem(
                                    Problem.Code.NOT_AVAILABLE,
                                    notYet.waitingFor() + " (waited for " + settings.limit() + ")")));
        } else {
            transitions.postpone(run);
        }
    }

    private void wrong(
            Run run,
            RunState.Succeeded state,
            Outcome.Wrong wrong,
            SegmentSnapshot mark,
            DruidCluster cluster,
            Instant now) {
        if (now.isBefore(state.since().plus(settings.patience()))) {
            // A broker learns row counts and new versions a moment after it learns of the segments.
            transitions.postpone(run);
            return;
        }
        LOG.error("Verification of a run failed", "runId", run.id(), "reason", wrong.message());
        Problem problem = new Problem(Problem.Code.ROWS_MISMATCH, wrong.message());
        if (!wrong.takeBack()) {
            completion.fail(run, state, problem, List.of());
            return;
        }
        SegmentSnapshot confirmed = own.confirmed(run, mark, cluster);
        if (!confirmed.equals(mark)) {
            // Others wrote to the chunk, so additional rows may be theirs: compared once more.
            store.mark(run, confirmed);
            transitions.postpone(run);
        } else if (confirmed.isOwn()) {
            // Stored first: after a crash in the middle nothing but this says that the segments are gone on purpose.
            Run stored = transitions.postpone(run.changed(state.takingBack(problem)));
            takeBack(stored, state, problem, confirmed, cluster);
        } else {
            completion.fail(
                    run,
                    state,
                    new Problem(Problem.Code.NOT_TAKEN_BACK, wrong.message() + "; " + mark.doubt()),
                    List.of());
        }
    }

    private void takeBack(
            Run run, RunState.Succeeded state, Problem problem, SegmentSnapshot mark, DruidCluster cluster) {
        completion
                .takeBack(run, state, cluster, mark, problem)
                .ifPresent(clean -> completion.fail(clean, state, problem, List.of()));
    }
}
