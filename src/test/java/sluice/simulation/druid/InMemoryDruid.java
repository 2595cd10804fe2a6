package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import sluice.core.contract.Contract;
import sluice.core.contract.ExtensionTypes;
import sluice.platform.druid.AutoKill;
import sluice.platform.druid.DatasourceQueries;
import sluice.platform.druid.DatasourceSettings;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidTasks;
import sluice.platform.druid.ObjectAccess;
import sluice.platform.druid.Outage;
import sluice.platform.druid.SegmentCatalog;
import sluice.platform.druid.SegmentUsage;
import sluice.platform.druid.ServedSegments;
import sluice.platform.druid.StreamCounts;
import sluice.platform.druid.Streams;
import sluice.platform.druid.SupervisorStatus;
import sluice.platform.druid.TaskTable;
import sluice.platform.secrets.DefinitionSecrets;

/**
 * A Druid cluster in memory. A task moves when {@link #advance()} is called: from waiting for locks to pending, to running,
 * to its end, one step a call. What it publishes shows up in the views as {@link Lags} say, by the clock.
 *
 * <p>Not modelled: sub-tasks, segment locks, load and drop rules that move segments, supervisors that start tasks.
 */
public final class InMemoryDruid implements DruidCluster {

    private static final String VERSION = "33.0.0";

    private ExtensionTypes extensionTypes = ExtensionTypes.of(List.of());
    private Set<String> extensions = Set.of(
            "druid-s3-extensions",
            "druid-kafka-indexing-service",
            "druid-kinesis-indexing-service",
            "druid-datasketches",
            "druid-multi-stage-query",
            "druid-protobuf-extensions",
            "druid-avro-extensions",
            "druid-parquet-extensions");
    private final String name;
    private final Clock clock;
    private final SegmentStore store;
    private final Overlord overlord;
    private final OtherWriters others;
    private final Calls calls;
    private final TaskService tasks;
    private final SettingsService settings;
    private final StreamService streams;
    private Instant workerStart;
    private final Texts texts;
    private ObjectAccess objectAccess = ObjectAccess.S3;
    private Set<String> tiers = Set.of("_default_tier");
    private AutoKill autoKill = new AutoKill.Off();
    private String contractVersion = "33";

    /** @param storage where tasks read the objects of their specs */
    public InMemoryDruid(String name, Clock clock, ObjectStorage storage) {
        this.name = name;
        this.clock = clock;
        this.calls = new Calls(name);
        this.texts = new Texts(name);
        this.store = new SegmentStore(clock);
        SortedMap<String, InputRows> ofOthers = new TreeMap<>();
        ObjectStorage both = OtherWriters.both(storage, ofOthers);
        this.overlord = new Overlord(clock, store, both);
        this.others = new OtherWriters(overlord, ofOthers);
        this.tasks = new TaskService(calls, overlord, both, texts);
        this.settings = new SettingsService(calls, texts);
        this.streams = new StreamService(calls, settings, clock);
        this.workerStart = clock.instant();
    }

    /** Moves each task on by at most one step. Returns whether any moved. */
    public boolean advance() {
        return overlord.advance();
    }

    /** Moves tasks on until none can move without time passing. */
    public void settle() {
        while (advance()) {
            // Each step is an effect of its own.
        }
    }

    /** Where a task is. */
    public Phase phase(String taskId) {
        return overlord.find(taskId).orElseThrow().phase();
    }

    /** Rows that queries see now, by the object that they come from ({@code <bucket>/<key>}). */
    public SortedMap<String, Long> servedRows(String datasource) {
        return MetadataStore.bySource(new Timeline(store.served(datasource)));
    }

    /** Ids of the segments that the metadata store marks used, in Druid's order. */
    public List<String> usedSegments(String datasource) {
        return store.used(datasource).stream().map(StoredSegment::id).toList();
    }

    /** What the metadata store has, which queries may not see yet. */
    public MetadataStore metadata() {
        return new MetadataStore(store, overlord);
    }

    public OtherWriters others() {
        return others;
    }

    /** Whom to tell what tasks do and what becomes of segments, in words. */
    public void witness(Consumer<String> told) {
        store.witness(told);
    }

    /** How far the views are behind, from now on. */
    public void lags(Lags lags) {
        store.lags(lags);
    }

    /** Has data servers load and drop at once what they are behind with. */
    public void handOff() {
        store.catchUp();
    }

    /** The coordinator marks unused what newer versions hide, as it does some time after they were published. */
    public void dropOvershadowed() {
        store.dropOvershadowed();
    }

    public void slots(int count) {
        overlord.slots(count);
    }

    /** How long a task runs before it publishes. */
    public void taskDuration(Duration duration) {
        overlord.taskDuration(duration);
    }

    /** Decides what happens to one task. */
    public void fate(String taskId, Fate fate) {
        overlord.fate(taskId, fate);
    }

    /** Decides what happens to every task that has no fate of its own. */
    public void fates(Function<String, Fate> byTaskId) {
        overlord.fates(byTaskId);
    }

    /** Decides what goes wrong with calls. */
    public void faults(CallFaults faults) {
        calls.faults(faults);
    }

    /** Whom to tell how long a caller waits in vain; the clock should go on by as much. */
    public void passing(Consumer<Duration> waiting) {
        calls.passing(waiting);
    }

    /** Deletes the report of a task, as Druid does after a while. */
    public void loseReport(String taskId) {
        overlord.find(taskId).orElseThrow().loseReport();
    }

    /** Deletes all records of a task, as Druid does with those that ended long ago. */
    public void forget(String taskId) {
        overlord.forget(taskId);
    }

    /** Overlord and workers crash and come back: running tasks begin anew, under the same ids and locks. */
    public void restart() {
        workerStart = clock.instant();
        overlord.restart();
    }

    /**
     * Another overlord becomes the leader. {@code sys.tasks} is empty until it has begun to manage the tasks.
     *
     * @param silence for how long
     */
    public void elect(Duration silence) {
        overlord.elect(silence);
    }

    /** Has documents get their secrets on the way to Druid, and lose them on the way back. */
    public void secrets(DefinitionSecrets secrets) {
        texts.secrets(secrets);
    }

    /** Whether Druid quotes what it was given in all that it says about an error. */
    public void quotes(boolean does) {
        texts.quotes(does);
    }

    /** @param refusals why Druid does not accept a task or a supervisor, beyond what it refuses anyway */
    public void refusals(Function<JsonNode, Optional<String>> refusals) {
        texts.refusals(refusals);
    }

    /** All tasks, supervisors and sampler specs that Druid was given, as it got them. */
    public List<String> given() {
        return texts.given();
    }

    public void sampler(Function<JsonNode, JsonNode> answers) {
        tasks.sampler(answers);
    }

    public void objectAccess(ObjectAccess access) {
        objectAccess = access;
    }

    public void tiers(String... names) {
        tiers = Set.of(names);
    }

    /** The version of Druid that the environment says the cluster has. */
    public void contractVersion(String version) {
        contractVersion = version;
    }

    /** The types that the environment declares for the cluster's own extensions. */
    public void extensionTypes(ExtensionTypes types) {
        extensionTypes = types;
    }

    /** The extensions that the cluster says it loads. */
    public void extensions(String... names) {
        extensions = Set.of(names);
    }

    @Override
    public Contract contract() {
        return Contract.forDruid(contractVersion()).with(extensionTypes);
    }

    public void autoKill(AutoKill kill) {
        autoKill = kill;
    }

    /** The rules that the coordinator applies after those of a datasource. */
    public void clusterRules(ArrayNode rules) {
        settings.clusterRules(rules);
    }

    public void supervisorStatus(String id, SupervisorStatus status) {
        settings.status(id, status);
    }

    /** Puts messages into a partition of a topic. */
    public void send(String topic, String partition, long messages) {
        streams.send(topic, partition, messages);
    }

    /** How long tasks of a suspended supervisor publish. */
    public void streamPublishing(Duration time) {
        streams.publishing(time);
    }

    /** Whether tasks of streams read, or stay where they are. */
    public void streamReads(boolean does) {
        streams.reads(does);
    }

    /**
     * Messages that a supervisor would have read next are gone, and it goes on behind them by itself.
     *
     * @param next offset that it would have read next
     * @param first offset of the oldest message that is left
     */
    public void skip(String supervisor, String partition, long next, long first) {
        streams.skip(supervisor, partition, next, first);
    }

    /** What tasks of streams are to say that they have read. */
    public void streamCounts(StreamCounts counts) {
        streams.counts(counts);
    }

    /** The offsets that the metadata store has under the id of a supervisor. */
    public SortedMap<String, Long> streamOffsets(String supervisor) {
        return streams.offsets(supervisor);
    }

    /** @param status an entry of Druid's compaction status */
    public void compactionStatus(String datasource, JsonNode status) {
        settings.compactionStatus(datasource, status);
    }

    public void compactsBySupervisors(boolean does) {
        settings.compactsBySupervisors(does);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String contractVersion() {
        return contractVersion;
    }

    @Override
    public ObjectAccess objectAccess() {
        return objectAccess;
    }

    /** Nobody has asked in vain: {@link GuardedDruids} remembers that. */
    @Override
    public Optional<Outage> outage() {
        return Optional.empty();
    }

    @Override
    public String version() {
        return calls.call(DruidCall.VERSION, "", () -> VERSION);
    }

    @Override
    public Set<String> extensions() {
        return calls.call(DruidCall.VERSION, "", () -> extensions);
    }

    @Override
    public int workerCapacity() {
        return calls.call(DruidCall.WORKER_CAPACITY, "", overlord::slots);
    }

    @Override
    public Map<String, String> workers() {
        return calls.call(DruidCall.WORKERS, "", () -> Map.of("worker:8091", workerStart.toString()));
    }

    @Override
    public Set<String> tiers() {
        return calls.call(DruidCall.WORKERS, "", () -> tiers);
    }

    @Override
    public AutoKill autoKill() {
        return calls.call(DruidCall.AUTO_KILL, "", () -> autoKill);
    }

    @Override
    public DruidTasks tasks() {
        return tasks;
    }

    @Override
    public TaskTable taskTable() {
        return new TaskListing(calls, overlord, clock);
    }

    @Override
    public SegmentUsage segmentUsage() {
        return new UsageService(calls, store);
    }

    @Override
    public ServedSegments servedSegments() {
        return new SegmentTable(calls, store, clock);
    }

    @Override
    public SegmentCatalog segmentCatalog() {
        return new Inventory(calls, store, clock);
    }

    @Override
    public DatasourceSettings settings() {
        return settings;
    }

    @Override
    public Streams streams() {
        return streams;
    }

    @Override
    public DatasourceQueries queries() {
        return new QueryService(calls, store, name);
    }
}
