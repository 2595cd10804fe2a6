package sluice.simulation.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.ingest.intake.LoadRequest;
import sluice.ingest.intake.LoadRequests;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.objects.StoredObject;
import sluice.simulation.druid.InputRows;

/**
 * One history from a seed: files arrive, are overwritten and deleted, messages come twice and late, processes die before and
 * after every call, calls fail, and in the middle of a call other functions do their work. Then the faults stop, time goes
 * on, and everything has to come to its right end.
 */
final class History {

    static final String DATASOURCE = "wiki";

    private static final int DEEPEST = 2;

    private final long seed;
    private final Random random;
    private final Workload workload;
    private final World world;
    private final Map<String, Integer> keys = new TreeMap<>();
    private final List<StoredObject> written = new ArrayList<>();
    private int depth;
    private int rows = 1;
    private int orders;
    private Map<String, Integer> ends = Map.of();
    private final Versions versions;
    private final Fates fates;
    private final Invariants invariants;
    /** What was wrong in the middle of a step. */
    private final List<Violation> moments = new ArrayList<>();

    History(long seed) {
        this(seed, Workload.of(new Random(seed)));
    }

    /** @param planted a fault that the history should find */
    History(long seed, Planted planted) {
        this(seed, Workload.of(new Random(seed)), planted);
    }

    History(long seed, Workload workload) {
        this(seed, workload, Planted.NONE);
    }

    private History(long seed, Workload workload, Planted planted) {
        this.seed = seed;
        this.random = new Random(seed ^ 0x5DEECE66DL);
        this.workload = workload;
        this.world = new World(Map.of(), planted);
        this.fates = new Fates(seed, workload);
        this.versions = new Versions(world, DATASOURCE, workload);
        this.invariants = new Invariants(world, DATASOURCE, workload);
    }

    World world() {
        return world;
    }

    /** Runs the history to its end. Returns what is wrong then; empty if all is well. */
    List<Violation> run() {
        world.story().tell("seed " + seed + ", " + workload);
        if (workload.has(Happening.ROLLBACKS)) {
            versions.begin();
        } else {
            world.define(DATASOURCE, workload.definition(DATASOURCE));
        }
        List<Violation> wrong = new ArrayList<>();
        world.tidy(workload.tidy());
        if (workload.tidy()) {
            begin(wrong);
        }
        Duration lag = workload.indexLag();
        world.table().indexLag(() -> lag);
        world.druid().lags(workload.lags());
        world.druid().fates(fates::early);
        world.seams().faults(this::fault);
        if (written.isEmpty()) {
            write();
        }
        for (int step = 0; step < workload.steps() && wrong.isEmpty(); step++) {
            step();
            wrong.addAll(moments);
            wrong.addAll(invariants.always());
        }
        if (wrong.isEmpty()) {
            end(wrong);
        }
        world.quiet();
        ends = invariants.ends();
        if (!wrong.isEmpty()) {
            invariants.tell(world.story());
        }
        return wrong;
    }

    /** A file is loaded before anything goes wrong, so that there is something to put back in place. */
    private void begin(List<Violation> wrong) {
        write();
        if (!world.drain()) {
            wrong.add(new Violation(Invariant.REST, "the first file is never loaded"));
        }
    }

    private void end(List<Violation> wrong) {
        world.druid().fates(fates::late);
        if (!world.drain(this::looked)) {
            wrong.add(new Violation(Invariant.REST, "it goes on for ever"));
        }
        wrong.addAll(moments);
        // Data servers drop what was taken back a moment after the last run has ended.
        world.clock().advance(Duration.ofMinutes(5));
        wrong.addAll(invariants.atTheEnd());
    }

    /** How often runs ended in which way. */
    Map<String, Integer> ends() {
        return ends;
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 14 && written.size() < workload.uploads()) {
            write();
        } else if (choice < 16 && choice >= 14 && !written.isEmpty()) {
            world.notify(written.get(random.nextInt(written.size())), delay());
        } else if (choice < 52) {
            deliver();
        } else if (choice < 64) {
            world.tick();
        } else if (choice < 80) {
            world.advance();
        } else if (choice < 90 || workload.happenings().isEmpty()) {
            pass();
        } else {
            List<Happening> happenings = List.copyOf(workload.happenings());
            happen(happenings.get(random.nextInt(happenings.size())));
        }
    }

    private void happen(Happening happening) {
        switch (happening) {
            case OVERWRITES -> {
                if (!keys.isEmpty() && written.size() < workload.uploads() + 2) {
                    write(List.copyOf(keys.keySet()).get(random.nextInt(keys.size())));
                }
            }
            // They come by themselves, when a task is posted.
            case SUCCESSORS -> pass();
            case CANCELS -> cancel();
            case ORDERS -> order();
            case OTHER_WRITERS -> others();
            case ABSENCES -> absence();
            case ELECTIONS -> elect();
            case ROLLBACKS -> versions.next(instance("gate"));
            case DROPS -> {
                world.story().tell("the coordinator drops what is overshadowed");
                world.druid().dropOvershadowed();
            }
        }
    }

    /** Druid compacts a day, or a person adds rows to it. */
    private void others() {
        TimeChunk day = World.day("2026-02-%02d".formatted(1 + random.nextInt(workload.days())));
        switch (random.nextInt(2)) {
            case 0 ->
                world.story().tell("another task: " + world.druid().others().compact(DATASOURCE, day, false));
            default ->
                world.story()
                        .tell("another task: "
                                + world.druid()
                                        .others()
                                        .append(
                                                DATASOURCE,
                                                day,
                                                InputRows.at(day.start().plusSeconds(60), 1)));
        }
    }

    /** The environment loses its cluster, for a moment or for longer than runs wait for it, and has it again. */
    private void absence() {
        if (depth > 0) {
            return;
        }
        world.clusterLeaves();
        int most = random.nextBoolean() ? 10 : 40;
        for (int step = random.nextInt(most); step > 0; step--) {
            depth++;
            step();
            depth--;
        }
        if (random.nextInt(3) > 0) {
            world.tick();
            world.clock().advance(Duration.ofHours(25));
            for (int step = random.nextInt(4); step >= 0; step--) {
                world.tick();
                pass();
            }
            // A task does not run for a day.
            world.druid().settle();
        }
        world.clusterReturns();
    }

    /** Another overlord leads. It lists no tasks until it manages them, which takes seconds, or minutes where there are many. */
    private void elect() {
        Duration silence = Duration.ofSeconds(random.nextInt(4) > 0 ? random.nextInt(20) : random.nextInt(300));
        world.story().tell("another overlord leads, and lists no tasks for " + silence);
        world.druid().elect(silence);
    }

    private void write() {
        int day = 1 + random.nextInt(workload.days());
        String key = "%s/dt=2026-02-%02d/f%d.json".formatted(DATASOURCE, day, keys.size());
        keys.put(key, day);
        write(key);
    }

    private void write(String key) {
        // Each version has a number of rows of its own: a power of two, so that a sum tells which ones it has.
        long count = 1L << rows++;
        Instant time =
                World.day("2026-02-%02d".formatted(keys.get(key))).start().plusSeconds(60);
        StoredObject object = world.write(key, InputRows.at(time, count));
        written.add(object);
        world.notify(object, delay());
        if (random.nextInt(5) == 0) {
            world.notify(object, delay());
        }
    }

    private Duration delay() {
        return random.nextInt(3) > 0 ? Duration.ZERO : Duration.ofSeconds(random.nextInt(300));
    }

    private void deliver() {
        Instant now = world.clock().instant();
        List<String> waiting = world.queues().entrySet().stream()
                .filter(queue -> !queue.getValue().visible(now).isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (!waiting.isEmpty()) {
            String function = waiting.get(random.nextInt(waiting.size()));
            List<Queue.Message> visible = world.queues().get(function).visible(now);
            Queue.Message message = visible.get(random.nextInt(visible.size()));
            if (random.nextInt(8) == 0) {
                world.queues()
                        .get(function)
                        .add(message.body(), world.clock().instant().plus(delay()));
            }
            world.deliver(function, instance(function), message);
        }
    }

    /** Inside of a call of a function another instance of it takes its work. */
    private String instance(String function) {
        return depth == 0 ? function : function + "#" + depth;
    }

    private void pass() {
        int kind = random.nextInt(10);
        world.clock()
                .advance(
                        kind < 6
                                ? Duration.ofSeconds(1 + random.nextInt(30))
                                : kind < 9
                                        ? Duration.ofSeconds(60 + random.nextInt(240))
                                        : Duration.ofMinutes(5 + random.nextInt(40)));
    }

    private void cancel() {
        List<String> live = world.table()
                .items()
                .filter(item -> item.text("sk").orElse("").equals("run"))
                .filter(item -> List.of("Planned", "Waiting", "Submitted", "Running")
                        .contains(item.text("state").orElse("")))
                .map(item -> item.text("pk").orElse("").substring("run#".length()))
                .sorted()
                .toList();
        if (!live.isEmpty()) {
            String run = live.get(random.nextInt(live.size()));
            world.story().tell("cancel " + run);
            world.invoke(
                    instance("gate"), beans -> beans.get(Cancellation.class).cancel(run, "a person"));
            world.route();
        }
    }

    private void order() {
        if (depth > 0 || written.isEmpty()) {
            return;
        }
        StoredObject object = written.get(random.nextInt(written.size()));
        String day = object.key().substring(object.key().indexOf("dt=") + 3).substring(0, 10);
        // Named objects under a key would be loaded twice, which is what such an order asks for.
        boolean named = random.nextInt(3) == 0;
        String key = !named && random.nextBoolean() ? "key" + orders++ : null;
        world.story().tell("order " + (named ? object.key() : day) + " under " + key);
        LoadRequest request = new LoadRequest(
                DATASOURCE,
                List.of(),
                named ? List.of(new S3Location(World.LANDING, object.key())) : List.of(),
                named ? null : World.day(day),
                key,
                "intent",
                "somebody",
                null);
        world.invoke("gate", beans -> beans.get(LoadRequests.class).place(request));
        world.route();
    }

    /** Looks at what is served right after segments were marked. */
    private Fault looked(IoPoint point) {
        if (point.when() == IoPoint.When.AFTER && point.call().startsWith("SegmentUsage.mark")) {
            moments.addAll(invariants.vanished());
        }
        return Fault.NONE;
    }

    private Fault fault(IoPoint point) {
        looked(point);
        if (depth == 0 && point.when() == IoPoint.When.AFTER && point.call().equals("DruidTasks.submit")) {
            posted(point);
        }
        Chances chances = workload.chances();
        int chance = random.nextInt(chances.moments(point.call()));
        if (chance < chances.kills()) {
            return Fault.KILL;
        }
        if (chance < chances.kills() + chances.errors()) {
            world.story().tell("error " + point);
            return Fault.ERROR;
        }
        if (chance < chances.kills() + chances.errors() + chances.meanwhile() && depth < DEEPEST) {
            meanwhile(point, () -> {
                int steps = 1 + random.nextInt(12);
                for (int step = 0; step < steps; step++) {
                    step();
                }
            });
        }
        return Fault.NONE;
    }

    /** Other functions do their work inside of a call. */
    private void meanwhile(IoPoint point, Runnable work) {
        world.story().tell("meanwhile, " + point + " {");
        depth++;
        try {
            work.run();
        } finally {
            depth--;
        }
        world.story().tell("}");
    }

    /** A task was posted, and who posted it does not know it yet. */
    private void posted(IoPoint point) {
        if (workload.has(Happening.SUCCESSORS) && written.size() < workload.uploads() + 2) {
            meanwhile(point, this::succeed);
        } else if (workload.has(Happening.CANCELS) && random.nextBoolean()) {
            meanwhile(point, this::cancel);
        }
    }

    /** A file arrives, and its time chunk settles. */
    private void succeed() {
        write();
        generate();
        world.clock().advance(Duration.ofMinutes(1));
        world.tick();
        generate();
    }

    private void generate() {
        Queue queue = world.queues().get("generate");
        for (List<Queue.Message> visible = queue.visible(world.clock().instant());
                !visible.isEmpty();
                visible = queue.visible(world.clock().instant())) {
            world.deliver("generate", instance("generate"), visible.get(0));
        }
    }
}
