package sluice.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document as rules see it: its parts by Druid's names, wherever the kind of document keeps them.
 *
 * @param druid Druid's major version
 * @param kind task, supervisor, compactionConfig or rules
 * @param document the whole
 * @param functions what expressions may call
 */
record Spec(String druid, String kind, Section document, Functions functions) {
    private static final Set<String> BATCH = Set.of("index_parallel", "index");

    static Spec of(String druid, String kind, JsonNode document, Functions functions) {
        return new Spec(druid, kind, Section.root(document), functions);
    }

    String type() {
        return String.valueOf(document.type());
    }

    /** A native batch task that reads an inputSource. */
    boolean isBatch() {
        return kind.equals("task") && BATCH.contains(type());
    }

    boolean isStream() {
        return kind.equals("supervisor") && (type().equals("kafka") || type().equals("kinesis"));
    }

    boolean isKill() {
        return kind.equals("task") && type().equals("kill");
    }

    /** A compact task, or the configuration of automatic compaction in either of its forms. */
    boolean isCompaction() {
        return kind.equals("task") && type().equals("compact") || kind.equals("compactionConfig") || isAutocompact();
    }

    private boolean isAutocompact() {
        return kind.equals("supervisor") && type().equals("autocompact");
    }

    private Section body() {
        return isBatch() || isAutocompact() || isStream() && document.has("spec") ? document.get("spec") : document;
    }

    /** Holds dimensionsSpec, metricsSpec, granularitySpec and transformSpec. */
    Section dataSchema() {
        return isCompaction() ? body() : body().get("dataSchema");
    }

    Section granularitySpec() {
        return dataSchema().get("granularitySpec");
    }

    Section ioConfig() {
        return body().get("ioConfig");
    }

    Section tuningConfig() {
        return body().get("tuningConfig");
    }

    Section partitionsSpec() {
        return tuningConfig().get("partitionsSpec");
    }

    List<Section> metrics() {
        return dataSchema().get("metricsSpec").entries();
    }

    List<Section> dimensions() {
        return dataSchema().get("dimensionsSpec").get("dimensions").entries();
    }

    static String dimensionName(Section dimension) {
        JsonNode name = dimension.node().isObject() ? dimension.node().path("name") : dimension.node();
        return name.isValueNode() && !name.isNull() ? name.asText() : null;
    }

    List<Section> intervals() {
        return granularitySpec().get("intervals").entries();
    }

    /** Every object in the document whose field of that name is a text: where expressions and filters may be. */
    List<Section> withText(String field) {
        List<Section> found = new ArrayList<>();
        collect(document, field, found);
        return found;
    }

    private static void collect(Section section, String field, List<Section> found) {
        if (section.node().isObject()) {
            if (section.text(field) != null) {
                found.add(section);
            }
            for (Map.Entry<String, JsonNode> entry : section.node().properties()) {
                if (entry.getValue().isContainerNode()) {
                    collect(section.get(entry.getKey()), field, found);
                }
            }
        } else if (section.node().isArray()) {
            section.entries().forEach(entry -> collect(entry, field, found));
        }
    }
}
