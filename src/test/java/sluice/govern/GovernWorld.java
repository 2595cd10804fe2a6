package sluice.govern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.ReadResult;
import sluice.govern.registry.Active;
import sluice.govern.registry.DefinitionCatalog;
import sluice.govern.registry.Proposal;
import sluice.govern.registry.Registry;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidException;
import sluice.platform.event.CloudEvent;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.InputRows;
import sluice.simulation.world.World;

/** An environment in memory with one cluster, {@code main}, seen from the beans of this floor. */
public final class GovernWorld {

    private static final String PROCESS = "poll";

    private final World world;

    public GovernWorld() {
        this(Map.of());
    }

    /** @param changed settings that differ from their defaults, by property name */
    public GovernWorld(Map<String, String> changed) {
        this.world = new World(changed);
    }

    /** Reads definition files from a directory instead of the bucket. */
    public static GovernWorld ofDirectory(Path directory) {
        return new GovernWorld(Map.of("sluice.definitions", directory.toString()));
    }

    /** The text of a definition that loads days. Further parts are whole lines. */
    public static String text(String datasource, String... more) {
        return """
                apiVersion: sluice/v1
                datasource: %1$s
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: iso}
                  dimensionsSpec: {dimensions: [channel]}
                  metricsSpec: [{type: count, name: count}]
                  granularitySpec: {segmentGranularity: DAY, queryGranularity: NONE, rollup: false}
                batch:
                  source: {type: s3, bucket: sluice-landing, prefix: %1$s/, timeChunk: "'dt='yyyy-MM-dd"}
                  inputFormat: {type: json}
                  mode: replace
                  trigger: {on: object, settle: PT0S}
                  partitions: {type: dynamic}
                """
                        .formatted(datasource)
                + String.join("\n", more)
                + "\n";
    }

    public World world() {
        return world;
    }

    public InMemoryDruid druid() {
        return world.druid();
    }

    public <T> T bean(Class<T> type) {
        return world.bean(PROCESS, type);
    }

    public Registry registry() {
        return bean(Registry.class);
    }

    public Instant now() {
        return world.clock().instant();
    }

    public GovernWorld pass(Duration time) {
        world.clock().advance(time);
        return this;
    }

    /** Lets a time pass, then ticks. */
    public GovernWorld tickAfter(Duration time) {
        pass(time);
        world.tick();
        return this;
    }

    public Definition read(String text) {
        ReadResult result = bean(DefinitionCatalog.class).read(text);
        if (result instanceof ReadResult.Valid valid) {
            return valid.definition();
        }
        throw new AssertionError("Not a definition: " + result.findings());
    }

    public Proposal proposal(String text) {
        return new Proposal(read(text), text, "ada", "c0ffee", "a note");
    }

    /** Applies a definition over the version that is active. */
    public Active apply(String text) {
        Proposal proposal = proposal(text);
        return registry()
                .apply(proposal, registry().active(proposal.definition().datasource()));
    }

    public Active active(String datasource) {
        return registry().active(datasource).orElseThrow();
    }

    /** Writes a file of a day, and S3 notifies of it. */
    public GovernWorld upload(String datasource, String day, String file, long rows) {
        world.upload(datasource + "/dt=" + day + "/" + file, InputRows.at(Instant.parse(day + "T03:00:00Z"), rows));
        return this;
    }

    /** Lets Druid's sampler find one row with these columns in every file, given as a JSON object. */
    public GovernWorld samples(String row) {
        String answer = "{\"numRowsRead\": 2, \"numRowsIndexed\": 1, \"data\": [{\"parsed\": " + row
                + "}, {\"unparseable\": true, \"error\": \"not a row\"}]}";
        druid().sampler(request -> json(answer));
        return this;
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(text, wrong);
        }
    }

    /** Lets Druid refuse connections for some calls; with none given, for all. */
    public GovernWorld unavailable(DruidCall... calls) {
        List<DruidCall> some = List.of(calls);
        druid().faults((call, subject) -> some.isEmpty() || some.contains(call)
                ? Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE))
                : Optional.empty());
        return this;
    }

    public GovernWorld availableAgain() {
        druid().faults(CallFaults.NONE);
        return this;
    }

    /** Lets everything happen for some minutes. */
    public GovernWorld settle() {
        world.settle(15);
        return this;
    }

    public List<Run> runs(String datasource) {
        return bean(RunIndex.class).all(datasource).stream()
                .map(summary -> bean(RunStore.class).find(summary.id()).orElseThrow())
                .toList();
    }

    public List<CloudEvent> events(String type) {
        return world.events().stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    /** The rows that queries see now. */
    public long rows(String datasource) {
        return druid().servedRows(datasource).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    public Optional<CloudEvent> last(String type) {
        List<CloudEvent> events = events(type);
        return events.isEmpty() ? Optional.empty() : Optional.of(events.get(events.size() - 1));
    }
}
