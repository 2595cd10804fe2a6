package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Many histories, each from its seed. */
class HistoriesTest {

    private static final int HISTORIES = Integer.getInteger("histories", 100);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyHistoryComesToItsRightEnd() {
        // Given
        List<String> failures = new ArrayList<>();
        Map<String, Integer> ends = new TreeMap<>();
        long begin = System.nanoTime();

        // When
        for (long seed = FIRST; seed < FIRST + HISTORIES; seed++) {
            History history = new History(seed);
            List<String> wrong = history.run();
            history.ends().forEach((end, count) -> ends.merge(end, count, Integer::sum));
            if (!wrong.isEmpty()) {
                failures.add("seed " + seed + ": " + wrong);
                if (HISTORIES == 1) {
                    failures.add(history.world().story().toString());
                }
            }
        }
        System.out.printf(
                "%d histories in %.1f s, %d with failures; runs ended as %s%n",
                HISTORIES, (System.nanoTime() - begin) / 1e9, failures.size(), ends);

        // Then
        assertThat(failures).as("histories that failed").isEmpty();
    }
}
