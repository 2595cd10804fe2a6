package sluice.simulation.world;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import sluice.core.batch.InputObject;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.state.Item;
import sluice.platform.state.StateTable;
import sluice.simulation.druid.InputRows;

/** What has to be true, whatever happens. */
final class Invariants {

    private static final Set<String> ENDS =
            Set.of("Available", "Refused", "Failed", "TimedOut", "Cancelled", "Superseded", "RolledBack");

    private final World world;
    private final String datasource;
    private final Workload workload;

    Invariants(World world, String datasource, Workload workload) {
        this.world = world;
        this.datasource = datasource;
        this.workload = workload;
    }

    /** What is wrong at any moment. */
    List<String> always() {
        List<String> wrong = new ArrayList<>();
        SortedMap<String, Long> served = world.druid().servedRows(datasource);
        served.forEach((source, rows) -> {
            if (Long.bitCount(rows) > versions(source)) {
                wrong.add(source + " serves " + rows + " rows, which no versions of it make");
            }
        });
        return wrong;
    }

    private long versions(String source) {
        String key = source.substring(World.LANDING.length() + 1);
        return world.versions().keySet().stream()
                .filter(version -> version.startsWith(key + " "))
                .count();
    }

    /** What is wrong when nothing more will happen by itself. */
    List<String> atTheEnd() {
        List<String> wrong = new ArrayList<>();
        world.table().items().filter(World::endsSometime).forEach(item -> {
            String key = item.text("pk").orElse("") + " " + item.text("sk").orElse("");
            if (key.startsWith("lease#")) {
                wrong.add(
                        "a lease is left: " + key + " of " + item.text("holder").orElse("?"));
            } else if (key.startsWith("outbox#")) {
                wrong.add("an event is left in the outbox: " + key);
            } else if (item.time(StateTable.DUE_AT).isPresent()) {
                wrong.add("this stays due: " + key + " at "
                        + item.time(StateTable.DUE_AT).get());
            }
        });
        List<Run> runs = runs();
        runs.stream()
                .filter(run -> !run.hasEnded())
                .forEach(run ->
                        wrong.add("run " + run.id() + " is " + run.state().label() + " for ever"));
        world.queues().forEach((function, queue) -> queue.deadLetters()
                .forEach(body -> wrong.add("a dead letter of " + function + ": " + Story.brief(body))));
        wrong.addAll(rows(runs));
        wrong.addAll(silent());
        return wrong;
    }

    /** Each version that was not overwritten has an outcome in the ledger. */
    private List<String> silent() {
        Set<String> told = world.table()
                .items()
                .filter(item -> isOf(item, "object#"))
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
                .map(version -> "nothing says what became of " + version)
                .toList();
    }

    /** Rows served are the rows of the objects that are called loaded, each once. */
    private List<String> rows(List<Run> runs) {
        SortedMap<String, Long> expected = workload.mode().equals("append") ? appended() : replaced(runs);
        SortedMap<String, Long> served = world.druid().servedRows(datasource);
        return served.equals(expected)
                ? List.of()
                : List.of("Druid serves " + served + ", but what counts as loaded is " + expected);
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
                    rows.merge(source, count(source.substring(World.LANDING.length() + 1), etag), Long::sum);
                });
        return rows;
    }

    /** Of each chunk what its last available run loaded. */
    private SortedMap<String, Long> replaced(List<Run> runs) {
        Map<String, Run> last = new TreeMap<>();
        runs.stream()
                .filter(run -> run.state() instanceof RunState.Available)
                .sorted(Comparator.comparing(run -> run.state().since()))
                .forEach(run -> run.intervals().forEach(interval -> last.put(interval, run)));
        SortedMap<String, Long> rows = new TreeMap<>();
        for (Run run : new HashSet<>(last.values())) {
            for (InputObject object :
                    world.bean("checker", RunStore.class).plan(run).objects()) {
                rows.merge(World.LANDING + "/" + object.key(), count(object.key(), object.etag()), Long::sum);
            }
        }
        return rows;
    }

    private long count(String key, String etag) {
        InputRows rows = world.versions().get(key + " " + etag);
        if (rows == null) {
            throw new IllegalStateException("there never was " + key + " " + etag + ", only " + world.versions());
        }
        return rows.rows().get(0).count();
    }

    /** Tells how the runs and the segments of Druid are, for whoever has to understand a failure. */
    void tell(Story story) {
        runs().forEach(run -> story.tell("in the end, run " + run.id() + " attempt " + run.attempt() + " is "
                + run.state() + " with "
                + world.bean("checker", RunStore.class).plan(run).objects().stream()
                        .map(object -> object.key() + " " + object.etag())
                        .toList()));
        world.druid().usedSegments(datasource).forEach(segment -> story.tell("in the end, Druid uses " + segment));
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
