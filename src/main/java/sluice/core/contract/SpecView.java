package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document as the rules see it: its parts under Druid's names, wherever the kind of document keeps them. All parts
 * are looked up once, because about forty rules ask for the same few.
 */
final class SpecView {
    /** Where a supervisor has its parts if it has no {@code spec}. */
    static final List<String> LEGACY_PARTS = List.of("dataSchema", "ioConfig", "tuningConfig");

    private final String druid;
    private final String kind;
    private final String type;
    private final SpecNode document;
    private final ExpressionFunctions functions;
    private final boolean batch;
    private final boolean stream;
    private final boolean compaction;
    private final SpecNode dataSchema;
    private final SpecNode timestampSpec;
    private final SpecNode dimensionsSpec;
    private final SpecNode granularitySpec;
    private final SpecNode ioConfig;
    private final SpecNode tuningConfig;
    private final List<SpecNode> metrics;
    private final List<SpecNode> dimensions;
    private final List<SpecNode> intervals;
    private final List<SpecNode> expressions = new ArrayList<>(4);
    private final List<SpecNode> otherIntervals = new ArrayList<>(2);

    private SpecView(String druid, String kind, SpecNode document, ExpressionFunctions functions) {
        this.druid = druid;
        this.kind = kind;
        this.type = String.valueOf(document.type());
        this.document = document;
        this.functions = functions;
        boolean task = kind.equals("task");
        boolean supervisor = kind.equals("supervisor");
        boolean autocompact = supervisor && type.equals("autocompact");
        this.batch = task && (type.equals("index_parallel") || type.equals("index"));
        this.stream = supervisor && (type.equals("kafka") || type.equals("kinesis"));
        this.compaction = task && type.equals("compact") || kind.equals("compactionConfig") || autocompact;
        SpecNode body = batch || autocompact || stream && document.has("spec") ? document.get("spec") : document;
        this.dataSchema = compaction ? body : body.get("dataSchema");
        this.timestampSpec = partOrParsers("timestampSpec");
        this.dimensionsSpec = partOrParsers("dimensionsSpec");
        this.granularitySpec = dataSchema.get("granularitySpec");
        this.ioConfig = body.get("ioConfig");
        this.tuningConfig = body.get("tuningConfig");
        this.metrics = dataSchema.get("metricsSpec").entries();
        this.dimensions = dimensionsSpec.get("dimensions").entries();
        this.intervals = granularitySpec.get("intervals").entries();
        collect(document);
    }

    /**
     * @param druid Druid's major version
     * @param kind task, supervisor, compactionConfig or rules
     * @param functions the functions that expressions may call
     */
    static SpecView of(String druid, String kind, JsonNode document, ExpressionFunctions functions) {
        return new SpecView(druid, kind, SpecNode.root(document), functions);
    }

    /**
     * Returns the parts that a supervisor has beside its {@code spec}, as Druid's API returns them. Druid does not use them,
     * but reads them, and refuses the supervisor if it cannot.
     */
    Optional<SpecView> besideItsSpec() {
        boolean both = stream && document.has("spec") && LEGACY_PARTS.stream().anyMatch(document::has);
        return both
                ? Optional.of(of(
                        druid, kind, ((ObjectNode) document.node()).deepCopy().without("spec"), functions))
                : Optional.empty();
    }

    private void collect(SpecNode section) {
        if (section.node().isObject()) {
            if (section.text("expression") != null) {
                expressions.add(section.get("expression"));
            }
            if (section.text("interval") != null) {
                otherIntervals.add(section.get("interval"));
            }
            for (Map.Entry<String, JsonNode> entry : section.node().properties()) {
                if (entry.getValue().isContainerNode()) {
                    collect(section.get(entry.getKey()));
                }
            }
        } else {
            for (int index = 0; index < section.node().size(); index++) {
                if (section.node().get(index).isContainerNode()) {
                    collect(section.get(index));
                }
            }
        }
    }

    String druid() {
        return druid;
    }

    String kind() {
        return kind;
    }

    String type() {
        return type;
    }

    SpecNode document() {
        return document;
    }

    ExpressionFunctions functions() {
        return functions;
    }

    /** Returns true for a native batch task that reads an inputSource. */
    boolean isBatch() {
        return batch;
    }

    boolean isStream() {
        return stream;
    }

    boolean isKill() {
        return kind.equals("task") && type.equals("kill");
    }

    /** Returns true for a compact task, and for both forms of an automatic compaction configuration. */
    boolean isCompaction() {
        return compaction;
    }

    /** Returns the part that holds dimensionsSpec, metricsSpec, granularitySpec and transformSpec. */
    SpecNode dataSchema() {
        return dataSchema;
    }

    /** Druid takes both from the parser if the dataSchema has none. */
    private SpecNode partOrParsers(String name) {
        SpecNode parseSpec = dataSchema.get("parser").get("parseSpec");
        return !dataSchema.has(name) && parseSpec.has(name) ? parseSpec.get(name) : dataSchema.get(name);
    }

    /** Returns the timestampSpec of the dataSchema, or else of its parser. */
    SpecNode timestampSpec() {
        return timestampSpec;
    }

    /** Returns the dimensionsSpec of the dataSchema, or else of its parser. */
    SpecNode dimensionsSpec() {
        return dimensionsSpec;
    }

    SpecNode granularitySpec() {
        return granularitySpec;
    }

    SpecNode ioConfig() {
        return ioConfig;
    }

    SpecNode tuningConfig() {
        return tuningConfig;
    }

    SpecNode partitionsSpec() {
        return tuningConfig.get("partitionsSpec");
    }

    List<SpecNode> metrics() {
        return metrics;
    }

    List<SpecNode> dimensions() {
        return dimensions;
    }

    static @Nullable String dimensionName(SpecNode dimension) {
        JsonNode name = dimension.node().isObject() ? dimension.node().path("name") : dimension.node();
        return name.isValueNode() && !name.isNull() ? name.asText() : null;
    }

    List<SpecNode> intervals() {
        return intervals;
    }

    /** Returns every textual {@code interval} in the document. */
    List<SpecNode> otherIntervals() {
        return otherIntervals;
    }

    /**
     * Returns every textual {@code expression} in the document: in transforms, metrics, filters and virtual columns.
     */
    List<SpecNode> expressions() {
        return expressions;
    }
}
