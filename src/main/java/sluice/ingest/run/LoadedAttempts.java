package sluice.ingest.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The attempts of a run whose rows are or may be in the datasource, as its states tell. */
final class LoadedAttempts {

    private final Deque<Run.Load> loads = new ArrayDeque<>();

    private LoadedAttempts() {}

    /**
     * @param states of the run, oldest first
     * @param attempt the number of the attempt that the last state belongs to
     */
    static LoadedAttempts of(List<RunState> states, int attempt) {
        LoadedAttempts loaded = new LoadedAttempts();
        int number = attempt
                - (int) states.stream()
                        .filter(RunState.Planned.class::isInstance)
                        .count();
        for (int at = 0; at < states.size(); at++) {
            RunState state = states.get(at);
            if (state instanceof RunState.Planned) {
                number++;
            } else if (hasRows(state) && !isRevised(states, at)) {
                loaded.loads.push(new Run.Load(number, state));
            } else if (isTakeBack(states, at)) {
                loaded.loads.poll();
            }
        }
        return loaded;
    }

    /** Returns the last attempt of them. */
    Optional<Run.Load> last() {
        return Optional.ofNullable(loads.peek());
    }

    /** Returns true if it takes back what the last of the loads has left. A run that was live had not loaded anything. */
    private static boolean isTakeBack(List<RunState> states, int at) {
        return states.get(at) instanceof RunState.RolledBack && at > 0 && states.get(at - 1) instanceof RunState.Ended;
    }

    /** Returns true if nobody knew later whether the rows of that end were still there. The rows are those of the doubt then. */
    private static boolean isRevised(List<RunState> states, int at) {
        return at + 1 < states.size() && states.get(at + 1) instanceof RunState.Failed;
    }

    private static boolean hasRows(RunState end) {
        return end instanceof RunState.Available
                || (end instanceof RunState.Failed failed && failed.problem().mayHaveLoaded())
                || (end instanceof RunState.TimedOut timedOut
                        && timedOut.problem().mayHaveLoaded());
    }
}
