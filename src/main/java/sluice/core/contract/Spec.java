package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document as rules see it: its parts by Druid's names, wherever the kind of document keeps them. All parts are looked up
 * once, because some forty rules ask for the same few.
 */
final class Spec {
    private final String druid;
    private final String kind;
    private final String type;
    private final Section document;
    private final Functions functions;
    private final boolean batch;
    private final boolean stream;
    private final boolean compaction;
    private final Section dataSchema;
    private final Section granularitySpec;
    private final Section ioConfig;
    private final Section tuningConfig;
    private final List<Section> metrics;
    private final List<Section> dimensions;
    private final List<Section> intervals;
    private final List<Section> expressions = new ArrayList<>(4);
    private final List<Section> otherIntervals = new ArrayList<>(2);

    private Spec(String druid, String kind, Section document, Functions functions) {
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
        Section body = batch || autocompact || stream && document.has("spec") ? document.get("spec") : document;
        this.dataSchema = compaction ? body : body.get("dataSchema");
        this.granularitySpec = dataSchema.get("granularitySpec");
        this.ioConfig = body.get("ioConfig");
        this.tuningConfig = body.get("tuningConfig");
        this.metrics = dataSchema.get("metricsSpec").entries();
        this.dimensions = dataSchema.get("dimensionsSpec").get("dimensions").entries();
        this.intervals = granularitySpec.get("intervals").entries();
        collect(document);
    }

    /**
     * @param druid Druid's major version
     * @param kind task, supervisor, compactionConfig or rules
     * @param functions what expressions may call
     */
    static Spec of(String druid, String kind, JsonNode document, Functions functions) {
        return new Spec(druid, kind, Section.root(document), functions);
    }

    private void collect(Section section) {
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

    Section document() {
        return document;
    }

    Functions functions() {
        return functions;
    }

    /** A native batch task that reads an inputSource. */
    boolean isBatch() {
        return batch;
    }

    boolean isStream() {
        return stream;
    }

    boolean isKill() {
        return kind.equals("task") && type.equals("kill");
    }

    /** A compact task, or the configuration of automatic compaction in either of its forms. */
    boolean isCompaction() {
        return compaction;
    }

    /** Holds dimensionsSpec, metricsSpec, granularitySpec and transformSpec. */
    Section dataSchema() {
        return dataSchema;
    }

    Section granularitySpec() {
        return granularitySpec;
    }

    Section ioConfig() {
        return ioConfig;
    }

    Section tuningConfig() {
        return tuningConfig;
    }

    Section partitionsSpec() {
        return tuningConfig.get("partitionsSpec");
    }

    List<Section> metrics() {
        return metrics;
    }

    List<Section> dimensions() {
        return dimensions;
    }

    static @Nullable String dimensionName(Section dimension) {
        JsonNode name = dimension.node().isObject() ? dimension.node().path("name") : dimension.node();
        return name.isValueNode() && !name.isNull() ? name.asText() : null;
    }

    List<Section> intervals() {
        return intervals;
    }

    /** Every {@code interval} in the document that is a text. */
    List<Section> otherIntervals() {
        return otherIntervals;
    }

    /** Every {@code expression} in the document that is a text: in transforms, metrics, filters and virtual columns. */
    List<Section> expressions() {
        return expressions;
    }
}
