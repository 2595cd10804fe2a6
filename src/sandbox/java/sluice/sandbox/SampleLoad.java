package sluice.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import sluice.sandbox.component.Project;
import sluice.sandbox.lambda.BusEvent;

/**
 * Loads the sample: stores its definition, uploads its files, and follows the runs by their events until every day of
 * the sample is available.
 */
final class SampleLoad {

    static final String DATASOURCE = "wikipedia";

    private static final Duration MAX_WAIT = Duration.ofSeconds(180);
    private static final String DAY_FOLDER = "dt=";
    private static final Set<String> BAD_ENDS =
            Set.of("sluice.run.refused", "sluice.run.failed", "sluice.run.timed-out", "sluice.run.cancelled");

    private final Sandbox sandbox;
    private final Console console;
    private final Set<LocalDate> missingDays = new HashSet<>();
    private final Set<String> openRuns = new HashSet<>();
    private final Map<String, List<String>> availableRuns = new LinkedHashMap<>();
    private String failure;

    SampleLoad(Sandbox sandbox, Console console) {
        this.sandbox = sandbox;
        this.console = console;
    }

    /** A run whose rows can be queried. */
    record Available(String runId, long rows) {}

    /**
     * Loads and waits.
     *
     * @return the runs, in the order in which they became available
     * @throws IllegalStateException if a run ends badly or nothing happens for too long
     */
    List<Available> run() throws InterruptedException {
        sandbox.bus().onEvent(this::take);
        sandbox.s3().putDefinitions(Project.folder("infra", "sandbox", "definitions"));
        console.say("definition loaded");
        for (Path file : files()) {
            String day = file.getParent().getFileName().toString();
            synchronized (this) {
                missingDays.add(LocalDate.parse(day.substring(DAY_FOLDER.length())));
            }
            String key = DATASOURCE + "/" + day + "/" + file.getFileName();
            sandbox.s3().upload(key, file);
            console.say("file uploaded: " + key);
        }
        awaitAvailable();
        List<Available> available = new ArrayList<>();
        availableRuns.forEach((runId, intervals) -> available.add(new Available(runId, rows(intervals))));
        return available;
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(Project.folder("infra", "sandbox", "data"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read the sample data", failure);
        }
    }

    private synchronized void take(BusEvent event) {
        JsonNode data = event.detail().path("data");
        String runId = data.path("runId").asText();
        List<String> intervals = new ArrayList<>();
        data.path("intervals").forEach(interval -> intervals.add(interval.asText()));
        console.say("%-21s %s %s %s"
                .formatted(event.type(), event.detail().path("subject").asText(), runId, String.join(" ", intervals)));
        switch (event.type()) {
            case "sluice.run.planned" -> openRuns.add(runId);
            case "sluice.run.superseded" -> openRuns.remove(runId);
            case "sluice.run.available" -> {
                openRuns.remove(runId);
                availableRuns.put(runId, intervals);
                missingDays.removeIf(day -> intervals.stream().anyMatch(interval -> covers(interval, day)));
            }
            default -> {
                if (BAD_ENDS.contains(event.type())) {
                    failure = event.type() + ": " + data;
                }
            }
        }
        notifyAll();
    }

    private synchronized void awaitAvailable() throws InterruptedException {
        long deadline = System.nanoTime() + MAX_WAIT.toNanos();
        while (!missingDays.isEmpty() || !openRuns.isEmpty()) {
            long remaining = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            if (remaining <= 0) {
                throw new IllegalStateException("Not available after " + MAX_WAIT.toSeconds() + " s: days "
                        + missingDays + ", runs " + openRuns);
            }
            wait(remaining);
        }
    }

    private long rows(List<String> intervals) {
        return intervals.stream().mapToLong(this::rows).sum();
    }

    private long rows(String interval) {
        String[] ends = interval.split("/");
        return sandbox.druid()
                .sql("SELECT COUNT(*) AS \"rows\" FROM \"%s\" WHERE TIME_IN_INTERVAL(__time, '%s/%s')"
                        .formatted(DATASOURCE, ends[0], ends[1]))
                .path(0)
                .path("rows")
                .asLong();
    }

    /** Intervals are Druid's: start/end, both ISO times in UTC; the sample's are whole days. */
    private static boolean covers(String interval, LocalDate day) {
        String[] ends = interval.split("/");
        LocalDate from = LocalDate.parse(ends[0].substring(0, 10));
        LocalDate until = LocalDate.parse(ends[1].substring(0, 10));
        return !day.isBefore(from) && day.isBefore(until);
    }
}
