package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Runs one story again and again, and each time another of its calls to the outside goes wrong: the process dies before it or
 * after it, or the call fails before or after its effect.
 */
final class FaultAtEachCall {

    private static final int MOST_CALLS = 1_000;

    private final int step;
    private final List<String> failures = new ArrayList<>();
    private int tried;

    /** @param step 1 for each call, 10 for every tenth */
    FaultAtEachCall(int step) {
        this.step = step;
    }

    /** @param story runs with a fault and says what is wrong at the end; empty if nothing is */
    FaultAtEachCall of(Function<OneFault, String> story) {
        int first = 1;
        for (IoPoint.When when : IoPoint.When.values()) {
            for (Fault fault : List.of(Fault.KILL, Fault.ERROR)) {
                boolean isReached = true;
                for (int call = first; isReached && call < MOST_CALLS; call += step) {
                    OneFault one = new OneFault(call, when, fault);
                    String wrong = story.apply(one);
                    isReached = one.isReached();
                    tried += one.isMet() ? 1 : 0;
                    if (!wrong.isEmpty()) {
                        failures.add(one + ": " + wrong);
                    }
                }
                // So that a sample has other calls for each kind of fault.
                first = 1 + (first + step / 4) % step;
            }
        }
        return this;
    }

    /** @param what the story, for the line that is printed */
    void assertRightEnds(String what, int atLeast) {
        System.out.printf("%s: %d faults at its calls, %d with a wrong end%n", what, tried, failures.size());
        assertThat(tried).isGreaterThan(atLeast);
        assertThat(failures).isEmpty();
    }
}
