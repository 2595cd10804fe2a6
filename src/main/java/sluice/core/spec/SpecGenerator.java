package sluice.core.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import sluice.core.batch.Batch;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.definition.SegmentGranularity;
import sluice.core.json.CanonicalJson;

/**
 * Generates the Druid task that loads a batch: {@code index_parallel} with explicit intervals and objects (<a
 * href="https://druid.apache.org/docs/latest/ingestion/native-batch">native batch</a>).
 *
 * <p>Objects are listed by bucket and path, not as {@code s3://} URIs, which would need URL encoding. Replacing drops
 * whole chunks ({@code dropExisting}) under Druid's exclusive lock. Appending, and replacing beside a stream, use
 * concurrent locks ({@code useConcurrentLocks}), so that the writers do not wait for each other.
 */
public final class SpecGenerator {

    private static final int NAMED = 10;

    private final Definition definition;
    private final BatchDefinition given;
    private final SpecHints hints;
    private final SpecDefaults defaults;
    private final List<Finding> findings = new ArrayList<>();

    private SpecGenerator(Definition definition, SpecHints hints, SpecDefaults defaults) {
        this.definition = definition;
        this.given = definition.requireBatch();
        this.hints = hints;
        this.defaults = defaults;
    }

    /**
     * Returns the task for the batch. The same definition, batch, hints and defaults give the same bytes. The codes of
     * its findings are {@link SpecCode}.
     *
     * @throws IllegalArgumentException if the definition has no batch part or belongs to another datasource
     */
    public static Generation generate(Definition definition, Batch batch, SpecHints hints, SpecDefaults defaults) {
        if (definition.batch() == null || !definition.datasource().equals(batch.datasource())) {
            throw new IllegalArgumentException("The definition of " + definition.datasource()
                    + " does not say how to load a batch of " + batch.datasource());
        }
        return new SpecGenerator(definition, hints, defaults).generate(batch);
    }

    private Generation generate(Batch batch) {
        checkChunks(batch);
        Batch input = withoutEmptyObjects(batch);
        Optional<JsonNode> inputFormat = inputFormat(input);
        if (inputFormat.isEmpty() || Finding.anyError(findings)) {
            return new Generation.Refused(findings);
        }
        RollupChoice rollup = RollupChoice.of(definition, hints);
        Partitioning partitioning = Partitioning.of(definition, input, rollup, hints, defaults);
        tellChoices(rollup, partitioning);
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("type", "index_parallel");
        ObjectNode spec = task.putObject("spec");
        spec.set("dataSchema", dataSchema(batch, rollup));
        spec.set("ioConfig", ioConfig(input, inputFormat.get()));
        spec.set("tuningConfig", TuningConfig.of(definition, input, partitioning, defaults));
        task.set("context", context());
        return CanonicalJson.inexactNumber(task)
                .<Generation>map(pointer -> {
                    findings.add(SpecCode.inexactNumber(pointer, task));
                    return new Generation.Refused(findings);
                })
                .orElseGet(() -> new Generation.Generated(new GeneratedSpec(task), findings));
    }

    /** Druid widens a misaligned interval, and would replace rows that nobody named. */
    private void checkChunks(Batch batch) {
        SegmentGranularity granularity = definition.schema().segmentGranularity();
        for (TimeChunk chunk : batch.chunks()) {
            boolean aligned = granularity.floor(chunk.start()).equals(chunk.start())
                    && granularity.floor(chunk.end()).equals(chunk.end());
            if (!aligned) {
                findings.add(SpecCode.MISALIGNED_CHUNK.finding(
                        "/schema/granularitySpec/segmentGranularity",
                        chunk.interval() + " does not consist of whole time chunks of one " + granularity,
                        "the interval of whole chunks, from "
                                + TimeChunk.holding(chunk.start(), granularity).interval()));
            }
        }
    }

    private Batch withoutEmptyObjects(Batch batch) {
        List<InputObject> objects = new ArrayList<>();
        for (InputObject object : batch.objects()) {
            if (object.size() > 0) {
                objects.add(object);
            } else {
                findings.add(SpecCode.EMPTY_OBJECT.finding(
                        "/batch/source",
                        object.location() + " is empty and is not passed to Druid",
                        "an object with rows"));
            }
        }
        if (objects.isEmpty()) {
            findings.add(SpecCode.NO_INPUT.finding(
                    "/batch/source", "There is nothing to load: all objects are empty", "at least one object"));
        }
        return new Batch(batch.datasource(), batch.chunks(), objects);
    }

    private Optional<JsonNode> inputFormat(Batch batch) {
        if (!given.inputFormatIsAuto()) {
            return Optional.of(given.inputFormat());
        }
        Map<FileFormat, List<String>> keys = new TreeMap<>();
        List<String> unknown = new ArrayList<>();
        for (InputObject object : batch.objects()) {
            String place = object.location().toString();
            FileFormat.of(object.key())
                    .ifPresentOrElse(
                            format -> keys.computeIfAbsent(format, first -> new ArrayList<>())
                                    .add(place),
                            () -> unknown.add(place));
        }
        if (!unknown.isEmpty()) {
            findings.add(SpecCode.UNKNOWN_FORMAT.finding(
                    "/batch/inputFormat",
                    "The extension names no known format: " + named(unknown),
                    "one of " + FileFormat.known() + "; or an inputFormat or source.suffix in the definition"));
        }
        if (keys.size() > 1) {
            StringBuilder message = new StringBuilder("A task reads one format, but the objects have several:");
            keys.forEach((format, places) -> message.append(' ')
                    .append(format)
                    .append(" (")
                    .append(named(places))
                    .append(')'));
            findings.add(SpecCode.MIXED_FORMATS.finding(
                    "/batch/inputFormat", message.toString(), "files of one format; source.suffix can select them"));
        }
        return keys.keySet().stream().findFirst().map(FileFormat::inputFormat);
    }

    private static String named(List<String> places) {
        String first = String.join(", ", places.subList(0, Math.min(NAMED, places.size())));
        return places.size() > NAMED ? first + " and " + (places.size() - NAMED) + " more" : first;
    }

    private void tellChoices(RollupChoice rollup, Partitioning partitioning) {
        if (RollupChoice.isOpen(definition.schema())) {
            findings.add(SpecCode.ROLLUP_CHOSEN.finding(
                    "/schema/granularitySpec",
                    "rollup " + rollup.rollup() + ", queryGranularity " + rollup.queryGranularity() + ": "
                            + rollup.reason(),
                    null));
        }
        if (partitioning.reason() != null) {
            findings.add(SpecCode.PARTITIONS_CHOSEN.finding("/batch/partitions", partitioning.reason(), null));
        }
    }

    private ObjectNode dataSchema(Batch batch, RollupChoice rollup) {
        ObjectNode dataSchema = rollup.dataSchema(definition);
        ArrayNode intervals = dataSchema.withObjectProperty("granularitySpec").putArray("intervals");
        batch.intervals().forEach(intervals::add);
        return dataSchema;
    }

    private ObjectNode ioConfig(Batch batch, JsonNode inputFormat) {
        ObjectNode ioConfig = JsonNodeFactory.instance.objectNode();
        ioConfig.put("type", "index_parallel");
        ArrayNode objects = ioConfig.putObject("inputSource").put("type", "s3").putArray("objects");
        batch.objects()
                .forEach(object ->
                        objects.addObject().put("bucket", object.bucket()).put("path", object.key()));
        ioConfig.set("inputFormat", inputFormat);
        ioConfig.put("appendToExisting", given.mode() == Mode.APPEND);
        ioConfig.put("dropExisting", given.mode() == Mode.REPLACE);
        return ioConfig;
    }

    private ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        if (definition.isAppendedTo()) {
            context.put("useConcurrentLocks", true);
        }
        Integer priority = given.priority() == null ? defaults.priority() : given.priority();
        if (priority != null) {
            context.put("priority", priority);
        }
        return context;
    }
}
