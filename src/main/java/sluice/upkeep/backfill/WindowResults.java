package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.tracking.Cancellation;

/** Sees what has become of the runs of a window, and cancels those that must not go on. */
@ApplicationScoped
class WindowResults {

    /** Runs that supersede each other, one after the other. */
    private static final int MOST_SUCCESSORS = 20;

    private final RunStore runs;
    private final HoldStore holds;
    private final Cancellation cancellation;
    private final Clock clock;

    WindowResults(RunStore runs, HoldStore holds, Cancellation cancellation, Clock clock) {
        this.runs = runs;
        this.holds = holds;
        this.cancellation = cancellation;
        this.clock = clock;
    }

    /** Returns the window ended, if all its runs have; or as it is. */
    BackfillWindow look(Backfill backfill, BackfillWindow window) {
        List<Run> found = new ArrayList<>();
        for (String id : window.runs()) {
            Optional<Run> run = successor(id);
            if (run.isEmpty()) {
                return window.failed("the state table has no run " + id + " any more", clock.instant());
            }
            found.add(run.get());
        }
        if (found.stream().allMatch(Run::hasEnded)) {
            return ended(backfill, window, found);
        }
        found.stream().filter(run -> !run.hasEnded()).forEach(run -> cancelIfNeeded(backfill, run));
        return window;
    }

    /** A run that another one superseded ends as that one does, because it loads the same files. */
    private Optional<Run> successor(String id) {
        Optional<Run> run = runs.find(id);
        for (int step = 0; step < MOST_SUCCESSORS; step++) {
            if (run.isEmpty() || !(run.get().state() instanceof RunState.Superseded superseded)) {
                return run;
            }
            run = runs.find(superseded.by());
        }
        return run;
    }

    private BackfillWindow ended(Backfill backfill, BackfillWindow window, List<Run> ended) {
        Optional<String> problem = ended.stream()
                .map(WindowResults::problem)
                .filter(Objects::nonNull)
                .findFirst();
        if (problem.isEmpty()) {
            List<Counts> counts = ended.stream()
                    .map(run -> ((RunState.Available) run.state()).counts())
                    .toList();
            return window.done(
                    ended.stream().mapToInt(run -> filled(run, window)).max().orElse(0),
                    counts.stream().mapToLong(each -> or0(each.rows())).sum(),
                    counts.stream().mapToLong(each -> or0(each.bytes())).sum(),
                    clock.instant());
        }
        boolean isStopped = backfill.state() == BackfillState.STOPPING
                && ended.stream().allMatch(run -> run.state() instanceof RunState.Cancelled);
        return isStopped ? window.stopped(clock.instant()) : window.failed(problem.get(), clock.instant());
    }

    private static @Nullable String problem(Run run) {
        RunState state = run.state();
        if (state instanceof RunState.Available) {
            return null;
        }
        String what = "run " + run.id() + " is " + state.label();
        if (state instanceof RunState.Cancelled cancelled) {
            return what + ": " + cancelled.reason();
        }
        return problemOf(state).map(problem -> what + ": " + problem.message()).orElse(what);
    }

    private static Optional<Problem> problemOf(RunState state) {
        if (state instanceof RunState.Failed failed) {
            return Optional.of(failed.problem());
        }
        if (state instanceof RunState.Refused refused) {
            return Optional.of(refused.problem());
        }
        if (state instanceof RunState.TimedOut timedOut) {
            return Optional.of(timedOut.problem());
        }
        return state instanceof RunState.RolledBack rolledBack ? Optional.of(rolledBack.problem()) : Optional.empty();
    }

    private static int filled(Run run, BackfillWindow window) {
        return (int) run.chunks().stream()
                .filter(chunk -> !chunk.start().isBefore(window.interval().start())
                        && !chunk.end().isAfter(window.interval().end()))
                .count();
    }

    /** A run that waits for the end of a hold would keep its place for as long. A stopped backfill submits nothing more. */
    private void cancelIfNeeded(Backfill backfill, Run run) {
        Optional<String> reason = reasonToCancel(backfill, run);
        if (reason.isEmpty()) {
            return;
        }
        try {
            cancellation.cancel(run.id(), reason.get());
        } catch (StaleRunException moved) {
            // The next look cancels it, or finds it submitted.
        }
    }

    private Optional<String> reasonToCancel(Backfill backfill, Run run) {
        if (backfill.state() == BackfillState.STOPPING && run.state() instanceof RunState.Unsubmitted) {
            return Optional.of("backfill " + backfill.id() + " was stopped");
        }
        return run.state() instanceof RunState.Waiting && run.mode() == Mode.REPLACE
                ? holds.on(run.datasource(), run.chunks()).map(Hold::text)
                : Optional.empty();
    }

    private static long or0(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
