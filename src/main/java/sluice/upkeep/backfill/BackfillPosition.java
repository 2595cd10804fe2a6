package sluice.upkeep.backfill;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How far a backfill has come.
 *
 * @param place the edge of the time chunk that comes next, see {@link ChunkWalk}
 * @param windows number of windows that were begun
 * @param pass 1 for the first pass through the interval; each retry of the failed windows is a further one
 * @param active numbers of the windows that are under way, at most as many as may run in parallel
 */
@RegisterForReflection
public record BackfillPosition(Instant place, int windows, int pass, List<Integer> active) {

    public BackfillPosition {
        active = List.copyOf(active);
    }

    BackfillPosition at(Instant next) {
        return new BackfillPosition(next, windows, pass, active);
    }

    /** Returns the position with a new window under way. */
    BackfillPosition begun(Instant next) {
        return new BackfillPosition(next, windows + 1, pass, with(windows + 1));
    }

    /** Returns the position with a window under way again. */
    BackfillPosition repeated(int number) {
        return new BackfillPosition(place, windows, pass, with(number));
    }

    BackfillPosition without(List<Integer> ended) {
        return new BackfillPosition(
                place,
                windows,
                pass,
                active.stream().filter(number -> !ended.contains(number)).toList());
    }

    BackfillPosition nextPass() {
        return new BackfillPosition(place, windows, pass + 1, active);
    }

    private List<Integer> with(int number) {
        List<Integer> numbers = new ArrayList<>(active);
        numbers.add(number);
        return numbers;
    }
}
