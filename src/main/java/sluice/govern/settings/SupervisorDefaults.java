package sluice.govern.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Default values of Druid 33. A field with its default equals a missing field. A field that neither this list nor the
 * definition has is not compared: it may come from a later version of Druid.
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

    /** Maps of the user, which Druid keeps as they are. */
    private static final Set<String> VERBATIM = Set.of("consumerProperties", "context", "taskContext");

    private SupervisorDefaults() {}

    /**
     * Removes from a live document what Druid has added to the wanted one: defaults, and fields that this list does not know.
     *
     * @param wanted the wanted document at the same place; missing if it has none
     * @param known the defaults at the same place; missing if there are none
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

    /** Matches the entries of two lists by name, or by position if they have none. */
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
        // An unwanted entry is shown as it is.
        return entry.has("name") ? entry : wanted.path(index);
    }

    /**
     * Returns true if Druid would return the field if a document had it. If a document is live as posted, any other missing
     * field is one that Druid does not keep.
     */
    static boolean isReturned(String pointer, JsonNode known) {
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
