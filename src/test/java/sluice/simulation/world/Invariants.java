package sluice.simulation.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.StateTable;

/** What has to be true, whatever happens. */
final class Invariants {

    private static final Set<String> ENDS =
            Set.of("Available", "Refused", "Failed", "TimedOut", "Cancelled", "Superseded", "RolledBack");

    private final World world;
    private final String datasource;
    private final Workload workload;
    private final ToldEvents told;

    Invariants(World world, String datasource, Workload workload) {
        this.world = world;
        this.datasource = datasource;
        this.workload = workload;
        this.told = new ToldEvents(world);
    }

    /** What is wrong at any moment. */
    List<Violation> always() {
        List<Violation> wrong = new ArrayList<>();
        served().forEach((source, rows) -> {
            List<Long> versions = List.copyOf(versions(keyOf(source)).values());
            // A new version may be served twice until the run is judged that was to read the old one.
            if (versions.size() == 1 ? !rows.equals(versions.get(0)) : Long.bitCount(rows) > versions.size()) {
                wrong.add(new Violation(
                        Invariant.ONCE, source + " serves " + rows + " rows, which no versions of it make"));
            }
        });
        world.druid().metadata().replacing(datasource).forEach((chunk, tasks) -> {
            List<String> own =
                    tasks.stream().filter(task -> task.startsWith("sluice_")).toList();
            if (own.size() > 1) {
                wrong.add(new Violation(Invariant.ALONE, own + " replace " + chunk.interval()));
            }
        });
        wrong.addAll(vanished());
        wrong.addAll(told.goingOn());
        return wrong;
    }

    /**
     * A time chunk that a run has loaded never becomes empty: a take-back puts the earlier rows in place first. There is one
     * exception. Druid has no call that marks some segments used and others unused at once. If the coordinator comes round in
     * between, the chunk is empty until the run that is being taken back has marked the earlier segments used once more. Whoever
     * writes to it until then hides them for good. Then the run fails, and names the segment that hides them.
     */
    List<Violation> vanished() {
        // A rollback leaves a chunk empty that nothing was in before the bad version, until it is loaded again.
        if (!workload.mode().equals("replace") || workload.has(Happening.ROLLBACKS)) {
            return List.of();
        }
        Set<String> loaded = told.loadedDays();
        Set<String> sources = loaded.isEmpty()
                ? Set.of()
                : world.druid().metadata().publishedRows(datasource).keySet();
        return loaded.stream()
                .filter(day -> sources.stream().noneMatch(source -> source.contains(day)))
                .filter(day -> !isPutBackAgain(day) && !isHiddenByOthers(day))
                .map(day -> new Violation(Invariant.KEPT, "nothing of " + day + " is served"))
                .toList();
    }

    private boolean isPutBackAgain(String day) {
        TimeChunk chunk = World.day(day.substring("dt=".length()));
        return world.druid().metadata().droppedAgain(datasource).contains(chunk)
                && world.undisturbed(() -> runs().stream()
                        .filter(run -> !run.hasEnded() && run.chunks().contains(chunk))
                        .flatMap(run -> world.bean("checker", RunStore.class).segmentMark(run).stream())
                        .anyMatch(mark -> mark.takingBack() != null));
    }

    /** The earlier segments were put back, and what hides them is named by the run that was taken back, once it is over. */
    private boolean isHiddenByOthers(String day) {
        TimeChunk chunk = World.day(day.substring("dt=".length()));
        Set<String> others = world.druid().metadata().visibleSegments(datasource, chunk);
        return !others.isEmpty()
                && world.druid().metadata().putBack(datasource).contains(chunk)
                && world.undisturbed(() -> runs().stream()
                        .filter(run -> run.chunks().contains(chunk))
                        .filter(run -> world.bean("checker", RunStore.class)
                                .segmentMark(run)
                                .filter(mark -> mark.takingBack() != null)
                                .isPresent())
                        .anyMatch(run -> !run.hasEnded() || saysThatItsChunkIsHidden(run, others)));
    }

    private static boolean saysThatItsChunkIsHidden(Run run, Set<String> others) {
        return run.state() instanceof RunState.Failed failed
                && failed.problem().code() == Problem.Code.NOT_TAKEN_BACK
                && others.stream().anyMatch(id -> failed.problem().message().contains("is hidden by segment " + id));
    }

    private static String keyOf(String source) {
        return source.substring(World.LANDING.length() + 1);
    }

    /** The rows of each version of an object, by ETag, the oldest first. */
    private Map<String, Long> versions(String key) {
        Map<String, Long> versions = new LinkedHashMap<>();
        world.versions().forEach((version, rows) -> {
            if (version.startsWith(key + " ")) {
                versions.put(
                        version.substring(key.length() + 1), rows.rows().get(0).count());
            }
        });
        return versions;
    }

    /** What is wrong when nothing more will happen by itself. */
    List<Violation> atTheEnd() {
        List<Violation> wrong = new ArrayList<>();
        world.table().items().filter(World::endsSometime).forEach(item -> {
            String key = item.text("pk").orElse("") + " " + item.text("sk").orElse("");
            // The lease of an operation ends by itself after half an hour.
            if (key.startsWith("lease#") && item.time("until").isEmpty()) {
                wrong.add(new Violation(
                        Invariant.LEASES, key + " of " + item.text("holder").orElse("?")));
            } else if (key.startsWith("outbox#")) {
                wrong.add(new Violation(Invariant.OUTBOX, key));
            } else if (item.time(StateTable.DUE_AT).isPresent()) {
                wrong.add(new Violation(
                        Invariant.DUE,
                        key + " at " + item.time(StateTable.DUE_AT).get()));
            }
        });
        List<Run> runs = runs();
        runs.stream()
                .filter(run -> !run.hasEnded())
                .forEach(run -> wrong.add(new Violation(
                        Invariant.ENDS, run.id() + " is " + run.state().label() + " for ever")));
        world.queues().forEach((function, queue) -> queue.deadLetters()
                .forEach(body -> wrong.add(
                        new Violation(Invariant.MESSAGES, "a dead letter of " + function + ": " + Story.brief(body)))));
        runs.stream()
                .filter(run ->
                        world.bean("checker", RunStore.class).findPlan(run).isEmpty())
                .forEach(run -> wrong.add(new Violation(Invariant.PLANS, run.id() + " has no plan " + run.plan())));
        if (wrong.stream().anyMatch(violation -> violation.invariant() == Invariant.PLANS)) {
            return wrong;
        }
        wrong.addAll(rows(runs));
        wrong.addAll(silent());
        wrong.addAll(contradictions(runs));
        wrong.addAll(told.notAsStored(runs));
        return wrong;
    }

    /** Each version that was not overwritten has an outcome in the ledger, and does not gather for ever. */
    private List<Violation> silent() {
        Set<String> told = world.table()
                .items()
                .filter(item -> isOf(item, "object#"))
                .filter(item -> !item.text("objectState").orElse("").equals("Gathering"))
                .map(item -> item.text("pk").orElse("").substring("object#".length() + World.LANDING.length() + 1)
                        + " "
                        + item.text("sk").orElse("").split("#")[0])
                .collect(Collectors.toSet());
        Map<String, String> newest = new TreeMap<>();
        world.versions()
                .keySet()
                .forEach(version -> newest.put(version.substring(0, version.lastIndexOf(' ')), version));
        return newest.values().stream()
                .filter(version -> !told.contains(version))
                .map(version -> new Violation(Invariant.OUTCOMES, "nothing says what became of " + version))
                .toList();
    }

    /** Rows that queries see, without those of other writers. */
    private SortedMap<String, Long> served() {
        SortedMap<String, Long> served = new TreeMap<>(world.druid().servedRows(datasource));
        served.keySet().removeIf(source -> !source.startsWith(World.LANDING + "/"));
        return served;
    }

    /** Rows served are the rows of the objects that are called loaded, each once. */
    private List<Violation> rows(List<Run> runs) {
        SortedMap<String, Long> expected = workload.mode().equals("append") ? appended() : replaced(runs);
        SortedMap<String, Long> served = served();
        SortedMap<String, List<Set<Long>>> doubtful = doubtful(runs);
        Set<String> sources = new TreeSet<>(expected.keySet());
        sources.addAll(served.keySet());
        boolean right = sources.stream().allMatch(source -> {
            long more = served.getOrDefault(source, 0L) - expected.getOrDefault(source, 0L);
            // A run that says that its rows may be there is believed either way.
            return more == 0
                    || doubtful.containsKey(source)
                            && (workload.mode().equals("replace") || isSumOf(more, doubtful.get(source)));
        });
        return right
                ? List.of()
                : List.of(new Violation(
                        Invariant.ROWS,
                        "Druid serves " + served + ", but what counts as loaded is " + expected
                                + (doubtful.isEmpty() ? "" : ", and perhaps some of " + doubtful)));
    }

    /** Each run in doubt has loaded one of the versions, or nothing. */
    private static boolean isSumOf(long more, List<Set<Long>> doubtful) {
        if (doubtful.isEmpty()) {
            return more == 0;
        }
        List<Set<Long>> others = doubtful.subList(1, doubtful.size());
        return isSumOf(more, others) || doubtful.get(0).stream().anyMatch(rows -> isSumOf(more - rows, others));
    }

    /**
     * What runs may have loaded that have ended as not taken back or not available: for each source and run the rows of the planned
     * version and of those that it was overwritten with, which the task may have read instead.
     */
    private SortedMap<String, List<Set<Long>>> doubtful(List<Run> runs) {
        SortedMap<String, List<Set<Long>>> rows = new TreeMap<>();
        runs.stream()
                .filter(Invariants::isInDoubt)
                .flatMap(run -> world.bean("checker", RunStore.class).plan(run).objects().stream())
                .forEach(object -> rows.computeIfAbsent(World.LANDING + "/" + object.key(), any -> new ArrayList<>())
                        .add(versions(object.key()).entrySet().stream()
                                .dropWhile(version -> !version.getKey().equals(object.etag()))
                                .map(Map.Entry::getValue)
                                .collect(Collectors.toCollection(TreeSet::new))));
        return rows;
    }

    private static boolean isInDoubt(Run run) {
        return run.load()
                .filter(load -> !(load.end() instanceof RunState.Available))
                .isPresent();
    }

    /** What the ledger says of an object is what its run says. */
    private List<Violation> contradictions(List<Run> runs) {
        Map<String, Run> byId = runs.stream().collect(Collectors.toMap(Run::id, run -> run));
        return world.table()
                .items()
                .filter(item -> isOf(item, "object#") && item.number("loaded", -1) >= 0)
                .filter(item -> {
                    Run run = byId.get(item.text("runId").orElse(""));
                    return run != null && run.mayHaveLoaded() != (item.number("loaded", -1) == 1);
                })
                .map(item ->
                        new Violation(Invariant.OUTCOMES, "the ledger and the run contradict each other about " + item))
                .toList();
    }

    private SortedMap<String, Long> appended() {
        SortedMap<String, Long> rows = new TreeMap<>();
        world.table()
                .items()
                .filter(item -> isOf(item, "object#"))
                .filter(item -> item.text("objectState").orElse("").equals("Available"))
                .forEach(item -> {
                    String source = item.text("pk").orElse("").substring("object#".length());
                    String etag = item.text("sk").orElse("").split("#")[0];
                    rows.merge(source, count(keyOf(source), etag), Long::sum);
                });
        return rows;
    }

    /** Of each chunk what the last run loaded that became available, in whichever attempt. */
    private SortedMap<String, Long> replaced(List<Run> runs) {
        Map<String, Run> last = new TreeMap<>();
        Map<String, Instant> since = new TreeMap<>();
        for (Run run : runs) {
            availableSince(run).ifPresent(time -> run.intervals().forEach(interval -> {
                if (since.getOrDefault(interval, Instant.MIN).isBefore(time)) {
                    since.put(interval, time);
                    last.put(interval, run);
                }
            }));
        }
        SortedMap<String, Long> rows = new TreeMap<>();
        for (Run run : new HashSet<>(last.values())) {
            for (InputObject object :
                    world.bean("checker", RunStore.class).plan(run).objects()) {
                rows.merge(World.LANDING + "/" + object.key(), count(object.key(), object.etag()), Long::sum);
            }
        }
        return rows;
    }

    /** Since when what the run has loaded is there; empty if it has loaded nothing, or what it had loaded was taken back. */
    private static Optional<Instant> availableSince(Run run) {
        Optional<Instant> since = Optional.empty();
        RunState before = null;
        for (RunState state :
                Stream.concat(run.history().stream(), Stream.of(run.state())).toList()) {
            if (state instanceof RunState.Available) {
                since = Optional.of(state.since());
            } else if (state instanceof RunState.RolledBack && before instanceof RunState.Ended) {
                since = Optional.empty();
            }
            before = state;
        }
        return since;
    }

    private long count(String key, String etag) {
        Long rows = versions(key).get(etag);
        if (rows == null) {
            throw new IllegalStateException("there never was " + key + " " + etag + ", only " + world.versions());
        }
        return rows;
    }

    /** Tells how the runs and the segments of Druid are, for whoever has to understand a failure. */
    void tell(Story story) {
        runs().forEach(run -> story.tell("in the end, run " + run.id() + " attempt " + run.attempt() + " is "
                + run.state() + " after " + run.history() + " with "
                + world.bean("checker", RunStore.class).findPlan(run).map(plan -> plan.objects().stream()
                        .map(object -> object.key() + " " + object.etag())
                        .toList())));
        world.druid().usedSegments(datasource).forEach(segment -> story.tell("in the end, Druid uses " + segment));
    }

    /** How often runs, and earlier attempts of them, ended in which way. */
    Map<String, Integer> ends() {
        Map<String, Integer> ends = new TreeMap<>();
        for (Run run : runs()) {
            Stream.concat(run.history().stream(), Stream.of(run.state()))
                    .filter(RunState.Ended.class::isInstance)
                    .forEach(end -> ends.merge(
                            end.label()
                                    + (end instanceof RunState.Failed failed
                                            ? " " + failed.problem().code()
                                            : ""),
                            1,
                            Integer::sum));
        }
        return ends;
    }

    private List<Run> runs() {
        RunStore store = world.bean("checker", RunStore.class);
        return world.table()
                .items()
                .filter(item -> isOf(item, "run#") && item.text("sk").orElse("").equals("run"))
                .map(item -> store.find(item.text("pk").orElse("").substring("run#".length()))
                        .orElseThrow())
                .toList();
    }

    private static boolean isOf(Item item, String prefix) {
        return item.text("pk").orElse("").startsWith(prefix);
    }
}
