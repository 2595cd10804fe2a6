package sluice.entry.cli.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Oracle;
import sluice.core.definition.Definition;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.core.spec.Generation;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.core.spec.SupervisorGenerator;

/** A spec, the definition that it is imported as, and the spec that this makes: does Druid read both as the same? */
public final class RoundTrip {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DAY = "2026-01-01T00:00:00Z";

    /** Decided by each run: its files and intervals, the task's own type, locks, and what goes into reports. */
    private static final Pattern DECIDED_BY_THE_RUN =
            Pattern.compile("/type|/id|/groupId|/resource|/spec/ioConfig/type|"
                    + "/spec/tuningConfig/type|/spec/ioConfig/inputSource.*|/spec/dataSchema/granularitySpec/intervals.*|"
                    + "/context/(useConcurrentLocks|taskLockType|sluice\\..*)");

    /** Sluice's defaults in place of Druid's; a value that the spec names itself is kept. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "/spec/tuningConfig/logParseExceptions", "false",
            "/spec/tuningConfig/maxSavedParseExceptions", "0",
            "/spec/tuningConfig/maxNumConcurrentSubTasks", "1",
            "/spec/tuningConfig/splitHintSpec", "null",
            "/spec/tuningConfig/partitionsSpec", "null",
            "/spec/tuningConfig/maxRowsPerSegment", "null",
            "/spec/ioConfig/inputFormat", "null",
            "/context/forceTimeChunkLock", "true",
            "/context/useLineageBasedSegmentAllocation", "true");

    private final Oracle druid;

    public RoundTrip(Oracle druid) {
        this.druid = druid;
    }

    /** The definition as a user would get it: through its YAML. */
    public static Definition definition(ImportResult imported) {
        ReadResult result = DefinitionReader.read(imported.yaml(), "imported.yaml", Map.of());
        if (result instanceof ReadResult.Valid valid) {
            return valid.definition();
        }
        throw new AssertionError(result.findings() + "\n" + imported.yaml());
    }

    /** What Druid reads otherwise, by JSON Pointer. */
    public List<String> differences(String spec, Definition definition) throws IOException {
        boolean isBatch = definition.batch() != null;
        String kind = isBatch ? "task" : "supervisor";
        JsonNode before = read(kind, spec);
        JsonNode after = read(kind, isBatch ? task(definition) : supervisor(definition));
        List<String> differences = new ArrayList<>();
        compare("", before, after, differences, before.path("type").asText().equals("index"));
        return differences;
    }

    /** As Druid reads it; as it is, where the Druid at hand does not have an extension that it needs. */
    private JsonNode read(String kind, String spec) throws IOException {
        try {
            JsonNode written = druid.written(kind, spec);
            // Druid writes the parts of a supervisor a second time at the top.
            return written instanceof ObjectNode object && kind.equals("supervisor")
                    ? object.remove(List.of("dataSchema", "ioConfig", "tuningConfig"))
                    : written;
        } catch (IllegalArgumentException refused) {
            if (refused.getMessage().contains("load all the necessary extensions")) {
                return JSON.readTree(spec);
            }
            throw refused;
        }
    }

    private static String task(Definition definition) {
        SegmentGranularity granularity = definition.schema().segmentGranularity();
        TimeChunk chunk = TimeChunk.holding(Instant.parse(DAY), granularity);
        Batch batch = new Batch(
                definition.datasource(),
                List.of(chunk),
                List.of(new InputObject(
                        definition.batch().source().bucket(), "any.json", "0", 1_000_000, Instant.parse(DAY))));
        Generation generation = SpecGenerator.generate(definition, batch, SpecHints.NONE, SpecDefaults.STANDARD);
        if (generation instanceof Generation.Generated generated) {
            return generated.spec().json();
        }
        throw new AssertionError(generation.findings());
    }

    private static String supervisor(Definition definition) {
        SupervisorGenerator.Result result = SupervisorGenerator.generate(definition, SpecDefaults.STANDARD);
        assertThat(result.supervisors()).as(result.findings().toString()).hasSize(1);
        return result.supervisors().get(0).spec().json();
    }

    private static void compare(
            String pointer, JsonNode before, JsonNode after, List<String> differences, boolean isIndex) {
        if (before.equals(after) || DECIDED_BY_THE_RUN.matcher(pointer).matches()) {
            return;
        }
        boolean isContext = pointer.equals("/context");
        if (isContext && before.isNull() != after.isNull()) {
            compare(pointer, orEmpty(before), orEmpty(after), differences, isIndex);
            return;
        }
        if (before.isObject() && after.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            // A task of type index has fewer fields; what it does not have, has no value to keep.
            boolean isFewer = isIndex && pointer.equals("/spec/tuningConfig");
            names.stream()
                    .filter(name -> !isFewer || before.has(name))
                    .forEach(name ->
                            compare(pointer + "/" + name, before.path(name), after.path(name), differences, isIndex));
            return;
        }
        boolean isUnordered = pointer.endsWith("/dimensionExclusions");
        boolean isSame = isUnordered && set(before).equals(set(after));
        boolean isUnsaid = before.isMissingNode()
                && (DEFAULTS.containsKey(pointer)
                        || pointer.equals("/context")
                        || pointer.endsWith("/rollup") && after.asBoolean());
        boolean isDefault = isUnsaid
                || Objects.equals(DEFAULTS.get(pointer), before.toString())
                || before.isMissingNode() && after.isNull()
                || after.isMissingNode() && before.isNull();
        if (!isSame && !isDefault) {
            differences.add(pointer + ": " + before + " -> " + after);
        }
    }

    private static JsonNode orEmpty(JsonNode context) {
        return context.isNull() ? JSON.createObjectNode() : context;
    }

    private static TreeSet<String> set(JsonNode list) {
        TreeSet<String> texts = new TreeSet<>();
        list.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }
}
