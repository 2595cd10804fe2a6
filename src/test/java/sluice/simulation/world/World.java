package sluice.simulation.world;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.entry.function.FollowFunction;
import sluice.entry.function.GenerateFunction;
import sluice.entry.function.PollFunction;
import sluice.entry.function.SubmitFunction;
import sluice.platform.druid.DruidCluster;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;
import sluice.platform.secrets.FakeSecretSource;
import sluice.platform.state.Item;
import sluice.platform.state.StateTable;
import sluice.sandbox.s3.S3;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.InMemoryDruids;
import sluice.simulation.druid.InputRows;

/**
 * One environment of Sluice with everything around it. A test makes things happen one after the other: files arrive, queues
 * deliver, schedules tick, Druid works, time passes. The functions are the real ones.
 */
public final class World {

    /** Kept here, because a logger that nobody holds forgets its level. */
    private static final Logger QUIET = Logger.getLogger("sluice");

    static {
        QUIET.setLevel(Level.OFF);
    }

    public static final String CLUSTER = "main";
    public static final String LANDING = S3.LANDING;
    public static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    /** Enough for some runs that wait for each other, each with a task that hangs for a day and is looked at every five minutes. */
    private static final int MOST_ROUNDS = 3_000;

    private static final String DEFINITIONS = "definitions";
    private final ManualClock clock = new ManualClock(BEGIN);
    private final InMemoryStateTable table = new InMemoryStateTable(clock);
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final InMemoryObjectStore objects =
            new InMemoryObjectStore(clock).bucket(LANDING).bucket(DEFINITIONS);
    private final Map<String, InputRows> contents = new HashMap<>();
    private final Map<String, InputRows> versions = new LinkedHashMap<>();
    private final InMemoryDruid druid =
            new InMemoryDruid(CLUSTER, clock, (bucket, key) -> Optional.ofNullable(contents.get(bucket + "/" + key)));
    private final InMemoryDruids clusters;
    private final Seams seams = new Seams();
    private final Story story = new Story(clock);
    private final Map<String, Queue> queues = new TreeMap<>();
    private final Processes processes;
    private int routed;
    private int uploads;
    private boolean tidy;

    public World() {
        this(Map.of());
    }

    /** @param changed settings that differ from their defaults, by property name */
    public World(Map<String, String> changed) {
        this(changed, Planted.NONE);
    }

    /** @param planted a fault between the functions and the seams */
    World(Map<String, String> changed, Planted planted) {
        Map<String, String> all = new HashMap<>(Map.of(
                "sluice.table", "sluice",
                "sluice.bus", "sluice",
                "sluice.definitions", "s3://" + DEFINITIONS + "/definitions/",
                "sluice.tagging", "false",
                "sluice.poll.look-ahead", "PT0S"));
        all.putAll(changed);
        this.clusters = new InMemoryDruids(seams.watched(DruidCluster.class, druid));
        this.processes = new Processes(
                all,
                planted,
                new Processes.Outside(
                        clock,
                        seams.watched(StateTable.class, table),
                        seams.watched(EventBus.class, bus),
                        seams.watched(ObjectStore.class, objects),
                        clusters));
        druid.witness(story::tell);
        druid.secrets(processes.definitionSecrets());
        for (String function : List.of("generate", "submit", "follow")) {
            queues.put(function, new Queue());
        }
    }

    public ManualClock clock() {
        return clock;
    }

    public InMemoryDruid druid() {
        return druid;
    }

    public InMemoryStateTable table() {
        return table;
    }

    public InMemoryObjectStore objects() {
        return objects;
    }

    /** What Secrets Manager and SSM hold. */
    public FakeSecretSource secrets() {
        return processes.secrets();
    }

    /** What the functions write of metrics. */
    public RecordedMetrics metrics() {
        return processes.metrics();
    }

    /** What has happened, in words. */
    public Story story() {
        return story;
    }

    Seams seams() {
        return seams;
    }

    Map<String, Queue> queues() {
        return queues;
    }

    /** Puts a definition into the bucket of definitions. */
    public void define(String datasource, String text) {
        objects.put(
                new S3Location(DEFINITIONS, "definitions/" + datasource + ".yaml"),
                text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes an object of the landing bucket; S3 does not tell anybody yet. Rows are what Druid will find in it. */
    public StoredObject write(String key, InputRows rows) {
        story.tell("write " + key + " with " + rows);
        contents.put(LANDING + "/" + key, rows);
        StoredObject object =
                objects.put(new S3Location(LANDING, key), ("upload " + ++uploads).getBytes(StandardCharsets.UTF_8));
        versions.put(key + " " + object.etag(), rows);
        return object;
    }

    /** What was ever written, by key and ETag with a space between them. */
    Map<String, InputRows> versions() {
        return versions;
    }

    public void delete(String key) {
        story.tell("delete " + key);
        contents.remove(LANDING + "/" + key);
        objects.delete(new S3Location(LANDING, key));
    }

    /** The environment loses the variables of its cluster. */
    public void clusterLeaves() {
        story.tell("the environment loses its cluster");
        clusters.remove(CLUSTER);
    }

    /** The environment has the variables of its cluster again. */
    public void clusterReturns() {
        story.tell("the environment has its cluster again");
        clusters.add(seams.watched(DruidCluster.class, druid));
    }

    /** S3 tells of an object; visible at once. */
    public void notify(StoredObject object) {
        notify(object, Duration.ZERO);
    }

    public void notify(StoredObject object, Duration delay) {
        String body =
                """
                {"Records":[{"eventName":"ObjectCreated:Put","eventTime":"%s","s3":{"bucket":{"name":"%s"},\
                "object":{"key":"%s","size":%d,"eTag":"%s"}}}]}"""
                        .formatted(
                                clock.instant(),
                                LANDING,
                                URLEncoder.encode(object.key(), StandardCharsets.UTF_8),
                                object.size(),
                                object.etag());
        queues.get("generate").add(body, clock.instant().plus(delay));
    }

    /** Writes an object, and S3 tells of it. */
    public StoredObject upload(String key, InputRows rows) {
        StoredObject object = write(key, rows);
        notify(object);
        return object;
    }

    /** The bean in the process of a function; the process is warm unless it was killed. */
    public <T> T bean(String function, Class<T> type) {
        return processes.of(function).get(type);
    }

    /** Delivers one visible message of a queue. Returns false if there is none. */
    public boolean deliver(String function) {
        List<Queue.Message> visible = queues.get(function).visible(clock.instant());
        if (visible.isEmpty()) {
            return false;
        }
        deliver(function, function, visible.get(0));
        return true;
    }

    /** @param instance which process of the function takes the message */
    void deliver(String function, String instance, Queue.Message message) {
        Queue queue = queues.get(function);
        queue.receive(message, clock.instant());
        SQSMessage sqs = new SQSMessage();
        sqs.setMessageId("message");
        sqs.setBody(message.body());
        story.tell("deliver to " + function + ": " + Story.brief(message.body()));
        boolean done = invoke(instance, beans -> {
            switch (function) {
                case "generate" -> beans.get(GenerateFunction.class).generate(sqs);
                case "submit" -> beans.get(SubmitFunction.class).submit(sqs);
                case "follow" -> beans.get(FollowFunction.class).follow(sqs);
                default -> throw new IllegalArgumentException(function);
            }
        });
        if (done) {
            queue.delete(message);
        } else {
            queue.failed(message);
        }
        route();
    }

    /** The schedule of {@code poll} ticks. */
    public void tick() {
        story.tell("tick");
        invoke("poll", beans -> beans.get(PollFunction.class).poll());
        route();
    }

    /** Does something in the process of a function. Returns false if it failed or was killed. */
    boolean invoke(String function, Consumer<Beans> work) {
        boolean outer = seams.isDead();
        seams.dead(false);
        try {
            work.accept(processes.of(function));
            return true;
        } catch (Killed killed) {
            processes.kill(function);
            story.tell(function + " is " + killed.getMessage());
            return false;
        } catch (RuntimeException failed) {
            story.tell(function + " fails: " + Story.reason(failed));
            return false;
        } finally {
            seams.dead(outer);
        }
    }

    /** What the bus has taken goes to the queues. */
    void route() {
        List<CloudEvent> taken = bus.taken();
        for (; routed < taken.size(); routed++) {
            CloudEvent event = taken.get(routed);
            story.tell(
                    "event " + event.type() + " " + event.data().path("runId").asText());
            Routing.function(event.type())
                    .ifPresent(function -> queues.get(function).add(Routing.message(event), clock.instant()));
        }
    }

    public List<CloudEvent> events() {
        return bus.taken();
    }

    /** From now on the coordinator drops what is overshadowed as soon as it is. */
    void tidy(boolean is) {
        tidy = is;
    }

    /** Druid takes a step. Returns false if it has none to take. */
    boolean advance() {
        boolean busy = druid.advance();
        if (tidy) {
            druid.dropOvershadowed();
        }
        return busy;
    }

    /** Looks at something in the middle of a history; its own calls do not fail. */
    <T> T undisturbed(Supplier<T> look) {
        Faults faults = seams.faults();
        seams.faults(Faults.NONE);
        try {
            return look.get();
        } finally {
            seams.faults(faults);
        }
    }

    /** No call fails any more. */
    void quiet() {
        seams.faults(Faults.NONE);
        seams.dead(false);
    }

    /** Lets everything happen, and time pass, until nothing more would happen by itself; returns false if that never comes. */
    boolean drain() {
        return drain(Faults.NONE);
    }

    /** @param watching sees every call, and lets all of them pass */
    boolean drain(Faults watching) {
        seams.faults(watching);
        queues.values().forEach(queue -> queue.redrive(clock.instant()));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            work();
            tick();
            Instant next = table.items()
                    .filter(World::endsSometime)
                    .flatMap(item -> item.time(StateTable.DUE_AT).stream())
                    .min(Comparator.naturalOrder())
                    .orElse(Instant.MAX);
            for (Queue queue : queues.values()) {
                next = queue.nextVisible().isBefore(next) ? queue.nextVisible() : next;
            }
            if (next.equals(Instant.MAX) && !advance()) {
                return true;
            }
            Duration step = Duration.between(clock.instant(), next);
            clock.advance(
                    step.compareTo(Duration.ofSeconds(10)) < 0 || step.compareTo(Duration.ofMinutes(30)) > 0
                            ? Duration.ofSeconds(10)
                            : step);
        }
        return false;
    }

    /** Delivers messages and lets Druid work until both have to wait for time to pass. */
    private void work() {
        boolean busy = true;
        while (busy) {
            busy = advance();
            for (String function : queues.keySet()) {
                busy |= deliver(function);
            }
        }
    }

    /** Watches come again and again for ever; everything else has to come to an end. */
    static boolean endsSometime(Item item) {
        String key = item.text("pk").orElse("");
        return !key.startsWith("watch") && !item.text("sk").orElse("").equals("settings");
    }

    /** Lets everything happen until nothing more does by itself, for at most so many minutes. */
    public void settle(int minutes) {
        for (int minute = 0; minute < minutes; minute++) {
            work();
            tick();
            clock.advance(Duration.ofMinutes(1));
        }
    }

    public static TimeChunk day(String date) {
        Instant start = Instant.parse(date + "T00:00:00Z");
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }
}
