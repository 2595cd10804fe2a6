package sluice.simulation.world;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs histories: {@code ./mvnw -Psimulation -Dhistories=100000 -Dseed=1}. With one history it tells it in words.
 */
public final class Simulation {

    private Simulation() {}

    /** @param arguments number of histories, and the first seed */
    public static void main(String[] arguments) {
        int histories = Integer.parseInt(arguments[0]);
        long first = Long.parseLong(arguments[1]);
        Map<String, Integer> kinds = new TreeMap<>();
        Map<String, String> examples = new TreeMap<>();
        long begin = System.nanoTime();
        int failed = 0;
        for (long seed = first; seed < first + histories; seed++) {
            History history = new History(seed);
            List<String> wrong;
            try {
                wrong = history.run();
            } catch (RuntimeException thrown) {
                wrong = List.of("thrown: " + Story.reason(thrown));
            }
            if (histories == 1) {
                System.out.println(history.world().story());
                wrong.forEach(System.out::println);
            }
            if (!wrong.isEmpty()) {
                failed++;
                String kind = wrong.get(0)
                        .replaceAll("[0-9a-z]{26}", "RUN")
                        .replaceAll("[{].*?[}]", "{}")
                        .replaceAll("\\d+", "N");
                kinds.merge(kind, 1, Integer::sum);
                examples.putIfAbsent(kind, "seed " + seed + ": " + wrong);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        kinds.forEach((kind, count) -> System.out.println(count + " x " + kind + "\n    " + examples.get(kind)));
        System.out.printf(
                "%d histories in %.1f s (%.0f a second), %d failed%n", histories, seconds, histories / seconds, failed);
        if (failed > 0) {
            System.exit(1);
        }
    }
}
