package sluice.ingest.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.SegmentGranularity;
import sluice.ingest.run.Run;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.run.TaskOwners;
import sluice.platform.druid.DruidCluster;

/** Finds the tasks of others that may have written to a run's time chunks since its snapshot of segments. */
@ApplicationScoped
class OtherWriters {

    /** Stands for tasks that nobody can name. */
    static final List<String> UNLISTED = List.of("a task that Druid does not list");

    /** Druid lists ended tasks for a day by default. */
    private static final Duration LISTED = Duration.ofHours(20);
    /** The specs of so many tasks are read one by one. */
    private static final int MOST_SPECS = 100;

    private final TaskOwners owners;
    private final Clock clock;

    OtherWriters(TaskOwners owners, Clock clock) {
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * Returns their ids, sorted; {@link #UNLISTED} if Druid does not list the run's own task, so that it may not list others either.
     * It asks {@code sys.tasks} once, the state table for the runs among them, a hundred at a time, and
     * the overlord for the spec of each other task. If these are more than {@value #MOST_SPECS}, it asks for none of them and
     * returns all.
     */
    List<String> of(Run run, SegmentSnapshot snapshot, DruidCluster cluster) {
        Instant since = Objects.requireNonNullElse(snapshot.takenAt(), run.attemptPlannedAt());
        if (since.plus(LISTED).isBefore(clock.instant())) {
            return List.of("tasks that ended more than " + LISTED.toHours() + " hours ago");
        }
        List<String> active = snapshot.active();
        // sys.tasks does not tell how long a task waited for its lock, so a task that was active then may seem to have
        // ended before. Where nobody knows which ones were active, each one that is listed may have been.
        Instant listedSince = active == null ? Instant.EPOCH : since.minus(OwnSegments.CLOCKS);
        Optional<List<String>> listed = cluster.taskTable().otherWriters(run.datasource(), run.taskId(), listedSince);
        if (listed.isEmpty()) {
            return UNLISTED;
        }
        Set<String> others = new TreeSet<>(listed.get());
        others.addAll(Objects.requireNonNullElse(active, List.of()));
        Map<String, Run> runs = owners.of(run.feed(), others);
        List<String> writers = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (String other : others) {
            Run known = runs.get(other);
            if (known == null) {
                foreign.add(other);
            } else if (mayWrite(known, run, since)) {
                writers.add(other);
            }
        }
        writers.addAll(
                foreign.size() > MOST_SPECS
                        ? foreign
                        : foreign.stream()
                                .filter(other -> mayWrite(other, run, cluster))
                                .toList());
        return writers.stream().sorted().toList();
    }

    private static boolean mayWrite(String other, Run run, DruidCluster cluster) {
        return cluster.tasks()
                .find(other)
                .flatMap(OtherWriters::written)
                .map(spans -> overlap(spans, run))
                .orElse(true);
    }

    /** Leases keep runs of this environment from writing to one chunk at once. What is left is a run that has begun later. */
    private static boolean mayWrite(Run other, Run run, Instant since) {
        boolean endedBefore = other.hasEnded() && !other.state().since().isAfter(since);
        return !other.id().equals(run.id()) && !endedBefore && overlap(other.chunks(), run);
    }

    private static boolean overlap(List<TimeChunk> spans, Run run) {
        return run.chunks().stream().anyMatch(chunk -> spans.stream().anyMatch(chunk::overlaps));
    }

    /** Returns the whole chunks that a batch or compact task writes; empty if its spec does not say. */
    private static Optional<List<TimeChunk>> written(JsonNode task) {
        List<JsonNode> intervals = new ArrayList<>();
        task.at("/spec/dataSchema/granularitySpec/intervals").forEach(intervals::add);
        JsonNode compacted = task.at("/ioConfig/inputSpec/interval");
        if (compacted.isTextual()) {
            intervals.add(compacted);
        }
        String name = task.at("/spec/dataSchema/granularitySpec/segmentGranularity")
                .asText(task.at("/granularitySpec/segmentGranularity").asText(""));
        Optional<SegmentGranularity> granularity =
                SegmentGranularity.ofName(name).or(() -> SegmentGranularity.ofPeriod(name));
        if (intervals.isEmpty() || granularity.isEmpty()) {
            return Optional.empty();
        }
        List<TimeChunk> spans = new ArrayList<>();
        try {
            for (JsonNode interval : intervals) {
                String[] ends = interval.asText().split("/");
                Instant start = granularity.get().floor(Instant.parse(ends[0]));
                Instant last = granularity.get().floor(Instant.parse(ends[1]).minusMillis(1));
                spans.add(new TimeChunk(start, granularity.get().end(last)));
            }
        } catch (DateTimeException | IndexOutOfBoundsException | IllegalArgumentException exception) {
            // Written in a form that Druid does not normalise to.
            return Optional.empty();
        }
        return Optional.of(spans);
    }
}
