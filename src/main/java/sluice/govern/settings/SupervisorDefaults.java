package sluice.govern.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Values that Druid itself sets where a document says nothing, as Druid 33 tells them: a field that has its default and one
 * that is not there are the same. A field that is not in this list and that the definition does not give is not compared: it
 * may be one of a later version, which nobody asked for.
 */
final class SupervisorDefaults {

    static final JsonNode SUPERVISOR = read(
            """
            {
              "spec": {
                "dataSchema": {
                  "timestampSpec": {"column": "timestamp", "format": "auto", "missingValue": null},
                  "dimensionsSpec": {"dimensionExclusions": null, "includeAllDimensions": false,
                    "useSchemaDiscovery": false, "spatialDimensions": null},
                  "transformSpec": {"filter": null, "transforms": null},
                  "metricsSpec": null,
                  "projections": null
                },
                "ioConfig": {
                  "replicas": 1, "taskCount": 1, "taskDuration": "PT1H", "pollTimeout": 100, "startDelay": "PT5S",
                  "period": "PT30S", "useEarliestOffset": false, "useEarliestSequenceNumber": false,
                  "completionTimeout": "PT30M", "emitTimeLagMetrics": false, "autoScalerConfig": null,
                  "lateMessageRejectionPeriod": null, "earlyMessageRejectionPeriod": null,
                  "lateMessageRejectionStartDateTime": null, "configOverrides": null, "idleConfig": null,
                  "stopTaskCount": null, "topicPattern": null, "endpoint": "kinesis.us-east-1.amazonaws.com",
                  "fetchDelayMillis": 0, "awsAssumedRoleArn": null, "awsExternalId": null, "deaggregate": false,
                  "recordsPerFetch": null
                },
                "tuningConfig": {
                  "maxRowsInMemory": 150000, "maxBytesInMemory": 0, "skipBytesInMemoryOverheadCheck": false,
                  "maxRowsPerSegment": 5000000, "maxTotalRows": null, "intermediatePersistPeriod": "PT10M",
                  "maxPendingPersists": 0, "reportParseExceptions": false, "handoffConditionTimeout": 900000,
                  "resetOffsetAutomatically": false, "segmentWriteOutMediumFactory": null, "workerThreads": null,
                  "chatRetries": 8, "httpTimeout": "PT10S", "shutdownTimeout": "PT80S", "offsetFetchPeriod": "PT30S",
                  "intermediateHandoffPeriod": "P2147483647D", "logParseExceptions": false,
                  "maxParseExceptions": 2147483647, "maxSavedParseExceptions": 0, "numPersistThreads": 1,
                  "maxColumnsToMerge": -1, "skipSequenceNumberAvailabilityCheck": false,
                  "repartitionTransitionDuration": "PT2M"
                }
              },
              "context": null
            }
            """);

    static final JsonNode COMPACTION = read(
            """
            {
              "type": "inline", "engine": "native", "taskPriority": 25, "inputSegmentSizeBytes": 100000000000000,
              "maxRowsPerSegment": null, "skipOffsetFromLatest": "P1D", "dimensionsSpec": null, "metricsSpec": null,
              "transformSpec": null, "projections": null, "ioConfig": null, "granularitySpec":
                {"segmentGranularity": null, "queryGranularity": null, "rollup": null},
              "tuningConfig": {"partitionsSpec": null, "maxRowsInMemory": null, "maxNumConcurrentSubTasks": null,
                "maxBytesInMemory": null, "splitHintSpec": null, "indexSpec": null},
              "taskContext": null
            }
            """);

    /** Maps of the user's own, which Druid keeps as they are. */
    private static final Set<String> VERBATIM = Set.of("consumerProperties", "context", "taskContext");

    private SupervisorDefaults() {}

    /**
     * Takes away of a live document what the wanted one does not give and Druid has added: a default, or a field that this
     * list does not know.
     *
     * @param wanted the wanted document's part at the place, missing where it gives none
     * @param known the defaults for the place, missing where there are none
     */
    static void reduce(ObjectNode live, JsonNode wanted, JsonNode known) {
        for (String name : CanonicalForm.names(live)) {
            JsonNode value = live.get(name);
            JsonNode standard = known.path(name);
            if (VERBATIM.contains(name)) {
                continue;
            }
            if (value instanceof ObjectNode inner && (wanted.path(name).isObject() || standard.isObject())) {
                reduce(inner, wanted.path(name), standard);
                if (inner.isEmpty() && !wanted.has(name)) {
                    live.remove(name);
                }
            } else if (value.isArray() && wanted.path(name).isArray()) {
                entries(value, wanted.path(name));
            } else if (!wanted.has(name) && (standard.isMissingNode() || same(value, standard))) {
                live.remove(name);
            }
        }
    }

    /** Entries of a list belong together by their name, or by their place where they have none. */
    private static void entries(JsonNode live, JsonNode wanted) {
        for (int index = 0; index < live.size(); index++) {
            if (live.get(index) instanceof ObjectNode entry) {
                reduce(entry, partner(entry, wanted, index), MissingNode.getInstance());
            }
        }
    }

    private static JsonNode partner(ObjectNode entry, JsonNode wanted, int index) {
        for (JsonNode candidate : wanted) {
            if (entry.has("name") && candidate.path("name").equals(entry.get("name"))) {
                return candidate;
            }
        }
        // One that is not wanted is shown as it is.
        return entry.has("name") ? entry : wanted.path(index);
    }

    /**
     * Whether Druid would tell the field if a document had it: of a document that it has as it was posted, another field
     * that is not there is one that it does not keep.
     */
    static boolean isTold(String pointer, JsonNode known) {
        return pointer.matches(".*/\\d+")
                || VERBATIM.stream().anyMatch(name -> pointer.contains("/" + name))
                || !known.at(pointer).isMissingNode();
    }

    private static boolean same(JsonNode value, JsonNode standard) {
        return value.equals(standard)
                || value.isTextual()
                        && standard.isTextual()
                        && CanonicalForm.span(value.textValue()).equals(CanonicalForm.span(standard.textValue()));
    }

    private static JsonNode read(String json) {
        try {
            return JsonMapper.builder().build().readTree(json);
        } catch (JsonProcessingException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }
}
