package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;

/** Documents as Druid 33 returns them: with its defaults, its own spelling of durations, and copies of some parts. */
final class NormalForm {

    private static final JsonNode IO_CONFIG = TaskRefusal.read(
            """
            {"topicPattern": null, "replicas": 1, "taskCount": 1, "taskDuration": "PT3600S", "autoScalerConfig": null,
             "pollTimeout": 100, "startDelay": "PT5S", "period": "PT30S", "useEarliestOffset": false,
             "completionTimeout": "PT1800S", "lateMessageRejectionPeriod": null, "earlyMessageRejectionPeriod": null,
             "lateMessageRejectionStartDateTime": null, "configOverrides": null, "idleConfig": null,
             "stopTaskCount": null, "emitTimeLagMetrics": false}
            """);
    private static final JsonNode TUNING_CONFIG = TaskRefusal.read(
            """
            {"maxRowsInMemory": 150000, "maxBytesInMemory": 0, "skipBytesInMemoryOverheadCheck": false,
             "maxRowsPerSegment": 5000000, "maxTotalRows": null, "intermediatePersistPeriod": "PT10M",
             "maxPendingPersists": 0, "reportParseExceptions": false, "handoffConditionTimeout": 900000,
             "resetOffsetAutomatically": false, "segmentWriteOutMediumFactory": null, "workerThreads": null,
             "chatRetries": 8, "httpTimeout": "PT10S", "shutdownTimeout": "PT80S", "offsetFetchPeriod": "PT30S",
             "intermediateHandoffPeriod": "P2147483647D", "logParseExceptions": false,
             "maxParseExceptions": 2147483647, "maxSavedParseExceptions": 0, "numPersistThreads": 1,
             "maxColumnsToMerge": -1, "skipSequenceNumberAvailabilityCheck": false,
             "repartitionTransitionDuration": "PT120S"}
            """);
    private static final JsonNode COMPACTION = TaskRefusal.read(
            """
            {"type": "inline", "engine": "native", "taskPriority": 25, "inputSegmentSizeBytes": 100000000000000,
             "maxRowsPerSegment": null, "skipOffsetFromLatest": "P1D", "dimensionsSpec": null, "metricsSpec": null,
             "transformSpec": null, "projections": null, "ioConfig": null, "granularitySpec": null,
             "tuningConfig": null, "taskContext": null}
            """);
    private static final List<String> SPANS = List.of(
            "taskDuration",
            "startDelay",
            "period",
            "completionTimeout",
            "lateMessageRejectionPeriod",
            "earlyMessageRejectionPeriod");

    private NormalForm() {}

    /** A supervisor with its defaults, the copies beside {@code spec}, and the names that Kafka's ioConfig shows twice. */
    static ObjectNode supervisor(ObjectNode posted) {
        ObjectNode form = posted.deepCopy();
        ObjectNode spec = form.withObjectProperty("spec");
        for (String part : List.of("dataSchema", "ioConfig", "tuningConfig")) {
            if (!spec.has(part) && form.has(part)) {
                spec.set(part, form.get(part));
            }
        }
        ObjectNode io = spec.withObjectProperty("ioConfig");
        io.remove("type");
        withDefaults(io, IO_CONFIG);
        for (String span : SPANS) {
            if (io.path(span).isTextual()) {
                io.put(span, seconds(io.path(span).asText()));
            }
        }
        if (form.path("type").asText().equals("kafka")) {
            io.set("stream", io.path("topic"));
            io.set("useEarliestSequenceNumber", io.path("useEarliestOffset"));
        }
        ObjectNode tuning = spec.withObjectProperty("tuningConfig");
        withDefaults(tuning, TUNING_CONFIG);
        tuning.set("type", form.path("type"));
        for (String part : List.of("dataSchema", "ioConfig", "tuningConfig")) {
            form.set(part, spec.path(part).deepCopy());
        }
        form.put("suspended", form.path("suspended").asBoolean());
        return form;
    }

    /** Rules with the replicas and the switches that they stand for. */
    static ArrayNode rules(ArrayNode posted) {
        ArrayNode form = posted.deepCopy();
        for (JsonNode rule : form) {
            ObjectNode object = (ObjectNode) rule;
            String type = rule.path("type").asText();
            if (type.endsWith("ByPeriod") && !type.startsWith("dropBefore")) {
                object.put("includeFuture", rule.path("includeFuture").asBoolean(true));
            }
            if (type.startsWith("load")) {
                boolean standard = rule.path("useDefaultTierForNull").asBoolean(true);
                if (!rule.hasNonNull("tieredReplicants")) {
                    ObjectNode replicas = object.putObject("tieredReplicants");
                    if (standard) {
                        replicas.put("_default_tier", 2);
                    }
                }
                object.put("useDefaultTierForNull", standard);
            }
        }
        return form;
    }

    /** What the coordinator applies after a datasource's own rules. */
    static ArrayNode clusterRules() {
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "loadForever");
        return rules(rules);
    }

    /** Automatic compaction; Druid shows the rows of hashed partitions as {@code maxRowsPerSegment}. */
    static ObjectNode compaction(ObjectNode posted) {
        ObjectNode form = posted.deepCopy();
        withDefaults(form, COMPACTION);
        if (form.at("/tuningConfig/partitionsSpec") instanceof ObjectNode partitions
                && partitions.path("type").asText().equals("hashed")
                && partitions.has("targetRowsPerSegment")) {
            partitions.set("maxRowsPerSegment", partitions.remove("targetRowsPerSegment"));
        }
        return form;
    }

    private static void withDefaults(ObjectNode document, JsonNode defaults) {
        for (Map.Entry<String, JsonNode> standard : defaults.properties()) {
            if (!document.has(standard.getKey())) {
                document.set(standard.getKey(), standard.getValue());
            }
        }
    }

    /** As Joda-Time writes the duration of a period: {@code P1D} is {@code PT86400S}. */
    private static String seconds(String span) {
        Duration duration = span.contains("T")
                ? Duration.parse(span)
                : Duration.ofDays(Period.parse(span).getDays());
        return "PT" + duration.toSeconds() + "S";
    }
}
