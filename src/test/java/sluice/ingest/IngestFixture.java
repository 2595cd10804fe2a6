package sluice.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import sluice.core.batch.Feed;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.ingest.intake.ColumnCheck;
import sluice.ingest.intake.Intake;
import sluice.ingest.intake.S3Notification;
import sluice.ingest.run.Counts;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.objects.StoredObject;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.sandbox.s3.S3;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.TableFailures;
import sluice.simulation.druid.GuardedDruids;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.InMemoryDruids;
import sluice.simulation.druid.InputRows;

/** One process of Sluice. Its beans are the real ones; table, bus, S3, Druid and clock are models that a test drives. */
public final class IngestFixture {

    public static final String LANDING = S3.LANDING;
    public static final Feed FEED = new Feed("main", "wiki");
    public static final TimeChunk DAY = day("2026-01-01");
    public static final TimeChunk NEXT_DAY = day("2026-01-02");

    private static final Counts COUNTS = new Counts(3L, 0, 0, 1, 3L, 1_000L, 60_000);

    public final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    public final TableFailures failures = new TableFailures();
    public final InMemoryStateTable table = new InMemoryStateTable(clock).observer(failures);
    public final InMemoryEventBus bus = new InMemoryEventBus();
    public final InMemoryObjectStore objects = new InMemoryObjectStore(clock).bucket(LANDING);
    public final FixedDefinitions definitions = new FixedDefinitions();
    public final FixedColumns columns = new FixedColumns();

    private final Map<String, InputRows> contents = new HashMap<>();
    public final InMemoryDruid druid = druid("main");
    public final InMemoryDruid otherDruid = druid("other");
    public final InMemoryDruids clusters = new InMemoryDruids(druid, otherDruid);

    private final Beans beans;

    public IngestFixture() {
        this(Map.of());
    }

    /** @param settings by property name; defaults apply to the others */
    public IngestFixture(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(
                Map.of("sluice.table", "sluice", "sluice.bus", "sluice", "sluice.poll.look-ahead", "PT0S"));
        all.putAll(settings);
        this.beans = new Beans(all)
                .with(Clock.class, clock)
                .with(StateTable.class, table)
                .with(EventBus.class, bus)
                .with(ObjectStore.class, objects)
                .with(DruidClusters.class, new GuardedDruids(clusters, () -> bean(ClusterBreaker.class)))
                .with(ActiveDefinitions.class, definitions)
                .with(ColumnCheck.class, columns);
    }

    private InMemoryDruid druid(String name) {
        return new InMemoryDruid(name, clock, (bucket, key) -> Optional.ofNullable(contents.get(bucket + "/" + key)));
    }

    public <T> T bean(Class<T> type) {
        return beans.get(type);
    }

    /** Makes this the only active definition. */
    public Definition define(DefinitionText text) {
        Definition definition = Definitions.of(text.toString());
        definitions.set(definition);
        return definition;
    }

    /** Returns the text of a definition of {@link #FEED}'s datasource, in this mode. */
    public static DefinitionText definition(String mode) {
        return new DefinitionText(FEED.datasource()).batch("mode", mode).batch("inputFormat", "{type: json}");
    }

    /** Writes an object of {@link #DAY} with rows of that day. S3 does not notify anybody. */
    public InputObject upload(String name, long rows) {
        return upload(DAY, name, rows);
    }

    public InputObject upload(TimeChunk chunk, String name, long rows) {
        String key = key(chunk, name);
        contents.put(LANDING + "/" + key, InputRows.at(chunk.start().plusSeconds(3_600), rows));
        return object(objects.put(
                new S3Location(LANDING, key), (name + clock.instant() + rows).getBytes(StandardCharsets.UTF_8)));
    }

    /** Uploads an object of {@link #DAY} and plans its run. The definition is {@link #definition} in this mode. */
    public Run planned(String mode, String name, long rows) {
        return planned(definition(mode), name, rows);
    }

    public Run planned(DefinitionText text, String name, long rows) {
        return planned(text, DAY, name, rows);
    }

    public Run planned(DefinitionText text, TimeChunk chunk, String name, long rows) {
        define(text);
        Set<String> before = runs().stream().map(Run::id).collect(Collectors.toSet());
        bean(Intake.class).arrived(notification(upload(chunk, name, rows)));
        return runs().stream()
                .filter(run -> !before.contains(run.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Plans a run as {@link #planned(DefinitionText, String, long)} does and submits its task, which waits in Druid. */
    public Run inDruid(DefinitionText text, String name, long rows) {
        return inDruid(text, DAY, name, rows);
    }

    public Run inDruid(DefinitionText text, TimeChunk chunk, String name, long rows) {
        Run run = planned(text, chunk, name, rows);
        bean(Submitter.class).submit(run.id());
        return stored(run);
    }

    /** Writes many objects of a chunk, each with one row. Their names are UUIDs, which do not compress well. */
    public void uploadMany(TimeChunk chunk, int objectCount) {
        Random random = new Random(1);
        for (int number = 0; number < objectCount; number++) {
            String key = key(chunk, new UUID(random.nextLong(), random.nextLong()) + ".json");
            contents.put(LANDING + "/" + key, InputRows.at(chunk.start(), 1));
            objects.put(new S3Location(LANDING, key), key.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes an object without bytes. */
    public InputObject uploadEmpty(TimeChunk chunk, String name) {
        return object(objects.put(new S3Location(LANDING, key(chunk, name)), new byte[0]));
    }

    public static String key(TimeChunk chunk, String name) {
        return FEED.datasource() + "/dt=" + chunk.start().toString().substring(0, 10) + "/" + name;
    }

    /** Sets what Druid finds in an object. */
    public void contents(InputObject object, InputRows rows) {
        contents.put(object.bucket() + "/" + object.key(), rows);
    }

    public void delete(InputObject object) {
        objects.delete(object.location());
    }

    private static InputObject object(StoredObject stored) {
        return new InputObject(LANDING, stored.key(), stored.etag(), stored.size(), stored.lastModified());
    }

    /** Returns S3's notification of these objects, at the present time. */
    public S3Notification notification(InputObject... created) {
        List<String> records = new ArrayList<>();
        for (InputObject object : created) {
            records.add(
                    """
                    {"eventName": "ObjectCreated:Put", "eventTime": "%s", "s3": {"bucket": {"name": "%s"}, \
                    "object": {"key": "%s", "size": %d, "eTag": "%s"}}}"""
                            .formatted(
                                    clock.instant(),
                                    object.bucket(),
                                    URLEncoder.encode(object.key(), StandardCharsets.UTF_8),
                                    object.size(),
                                    object.etag()));
        }
        return json("{\"Records\": [" + String.join(", ", records) + "]}", S3Notification.class);
    }

    public static <T> T json(String text, Class<T> type) {
        try {
            return Beans.MAPPER.readValue(text, type);
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    /** Returns all stored runs, in the order of their planning. */
    public List<Run> runs() {
        RunStore store = bean(RunStore.class);
        return table.items()
                .filter(item -> Key.of(item).sk().equals("run"))
                .flatMap(item -> store.runOf(item).stream())
                .sorted((left, right) -> left.createdAt().compareTo(right.createdAt()))
                .toList();
    }

    /** Returns the only stored run. */
    public Run run() {
        List<Run> runs = runs();
        if (runs.size() != 1) {
            throw new AssertionError("There is not one run, but " + runs);
        }
        return runs.get(0);
    }

    /** Returns a run as it is stored now. */
    public Run stored(Run run) {
        return bean(RunStore.class).find(run.id()).orElseThrow();
    }

    /** Stores that Druid has the run's task. */
    public Run submitted(Run run) {
        return moved(run, ((RunState.Unsubmitted) run.state()).submitted(clock.instant(), run.taskId()));
    }

    /** Stores that the run's task has ended well. */
    public Run succeeded(Run run) {
        Run submitted = run.state() instanceof RunState.Unsubmitted ? submitted(run) : run;
        return moved(submitted, ((RunState.InDruid) submitted.state()).succeeded(clock.instant(), COUNTS));
    }

    /** Stores that the run's rows are served. */
    public Run available(Run run) {
        Run succeeded = succeeded(run);
        return moved(succeeded, ((RunState.Succeeded) succeeded.state()).available(clock.instant(), COUNTS, null));
    }

    /** Stores that the run has failed. */
    public Run failed(Run run, Problem.Code code) {
        return moved(run, ((RunState.Live) run.state()).failed(clock.instant(), new Problem(code, "it broke")));
    }

    private Run moved(Run run, RunState next) {
        return bean(Transitions.class).move(run, next);
    }

    /** Returns the items that are due by now. */
    public List<Item> due() {
        return table.due(clock.instant(), 1_000);
    }

    /** Returns the types of the events that the bus has taken, in order. */
    public List<String> events() {
        return bus.taken().stream().map(CloudEvent::type).toList();
    }

    public static TimeChunk day(String date) {
        Instant start = Instant.parse(date + "T00:00:00Z");
        return new TimeChunk(start, start.plus(Duration.ofDays(1)));
    }
}
