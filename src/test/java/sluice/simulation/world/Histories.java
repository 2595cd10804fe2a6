package sluice.simulation.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Runs histories on all cores, each in one thread, from consecutive seeds. */
final class Histories {

    private static final Path STORIES = Path.of("target/simulation");

    private final long first;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final Map<String, Integer> ends = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final long begin = System.nanoTime();

    Histories(long first) {
        this.first = first;
    }

    /** Runs so many histories. */
    Histories run(long count) {
        return whileWanted(number -> number < count);
    }

    /** Runs as many histories as the time holds, and at least so many, however long they take. */
    Histories run(long least, Duration time) {
        return whileWanted(number -> number < least || System.nanoTime() - begin < time.toNanos());
    }

    private Histories whileWanted(LongPredicate isWanted) {
        int workers = Runtime.getRuntime().availableProcessors();
        List<Thread> threads = IntStream.range(0, workers)
                .mapToObj(number -> new Thread(() -> work(isWanted), "histories-" + number))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(exception);
            }
        }
        return this;
    }

    private void work(LongPredicate isWanted) {
        for (long number = begun.getAndIncrement(); isWanted.test(number); number = begun.getAndIncrement()) {
            tell(first + number);
        }
    }

    private void tell(long seed) {
        History history = new History(seed);
        String wrong = wrong(history);
        ended.incrementAndGet();
        calls.addAndGet(history.world().seams().calls());
        history.ends().forEach((end, count) -> ends.merge(end, count, Integer::sum));
        if (!wrong.isEmpty()) {
            failures.add("seed " + seed + ": " + wrong + "\n  in words: " + written(seed, history)
                    + "\n  again: ./mvnw -Psimulation -Dhistories=1 -Dseed=" + seed);
        }
    }

    private static String wrong(History history) {
        try {
            List<Violation> wrong = history.run();
            return wrong.isEmpty() ? "" : wrong.toString();
        } catch (RuntimeException | Error failure) {
            return Story.reason(failure);
        }
    }

    private static Path written(long seed, History history) {
        try {
            Files.createDirectories(STORIES);
            return Files.writeString(
                    STORIES.resolve("seed-" + seed + ".txt"), history.world().story() + "\n");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** What went wrong, with the command that repeats it. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How often runs ended in which way. */
    Map<String, Integer> ends() {
        return Map.copyOf(ends);
    }

    long count() {
        return ended.get();
    }

    @Override
    public String toString() {
        double seconds = (System.nanoTime() - begin) / 1e9;
        return "%d histories from seed %d in %.1f s (%.0f a second), %d calls to the outside, %d with failures; runs ended as %s"
                .formatted(
                        ended.get(),
                        first,
                        seconds,
                        ended.get() / seconds,
                        calls.get(),
                        failures.size(),
                        new TreeMap<>(ends));
    }
}
