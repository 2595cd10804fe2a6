package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A document with the type of one kind and the fields of another. Druid ignores the fields that its type does not have,
 * so that the document does something else than it seems to.
 *
 * @param kind the kind that is meant: the one that most fields belong to
 * @param document the document as that kind, for the check of everything else
 * @param message which type meets which fields
 * @param suggestion how to make one document of it
 */
record MixedDocument(String kind, JsonNode document, String message, String suggestion) {
    private static final Set<String> BATCH_TYPES = Set.of("index_parallel", "index");
    private static final Set<String> STREAM_TYPES = Set.of("kafka", "kinesis");
    private static final List<String> AUTOMATIC =
            List.of("skipOffsetFromLatest", "taskPriority", "inputSegmentSizeBytes", "taskContext");
    private static final List<String> COMPACT_INPUT = List.of("ioConfig", "interval", "segments");
    private static final List<String> STREAM = List.of(
            "topic",
            "topicPattern",
            "stream",
            "consumerProperties",
            "taskDuration",
            "taskCount",
            "useEarliestOffset",
            "useEarliestSequenceNumber");
    private static final List<String> STREAM_SOURCE = List.of("topic", "topicPattern", "stream", "consumerProperties");
    private static final List<String> KAFKA_SOURCE = List.of("topic", "topicPattern", "consumerProperties");
    private static final List<String> KINESIS_SOURCE = List.of("stream", "endpoint", "awsAssumedRoleArn");
    private static final List<String> BATCH = List.of("inputSource", "appendToExisting", "dropExisting");

    /** Returns null for a document of one kind. */
    static @Nullable MixedDocument of(JsonNode document) {
        String type = document.path("type").asText();
        if (!(document instanceof ObjectNode object)) {
            return null;
        }
        if (!document.path("type").isTextual()) {
            return document.has("type") ? null : automaticWithInput(object);
        }
        if (type.equals("compact")) {
            return compaction(object);
        }
        JsonNode ioConfig = (document.path("spec").isObject() ? document.path("spec") : document).path("ioConfig");
        if (BATCH_TYPES.contains(type)) {
            return task(object, type, ioConfig);
        }
        if (!STREAM_TYPES.contains(type)) {
            return null;
        }
        MixedDocument automatic = automaticAsStream(object, type);
        if (automatic != null) {
            return automatic;
        }
        MixedDocument batch = supervisor(object, type, ioConfig);
        return batch == null ? otherStream(object, type, ioConfig) : batch;
    }

    /** An automatic compaction as the spec of a supervisor that reads a stream. */
    private static @Nullable MixedDocument automaticAsStream(ObjectNode document, String type) {
        JsonNode spec = document.path("spec");
        List<String> automatic = in(spec, AUTOMATIC);
        if (automatic.isEmpty() || spec.has("dataSchema") || spec.has("ioConfig")) {
            return null;
        }
        return new MixedDocument(
                "supervisor",
                document.deepCopy().put("type", "autocompact"),
                "this is an automatic compaction (" + String.join(", ", automatic) + ") with the type of a stream's"
                        + " supervisor, " + type,
                "write type autocompact; for a stream, write a spec with dataSchema and ioConfig");
    }

    /** Without a type, an automatic compaction that names its input as a task does. */
    private static @Nullable MixedDocument automaticWithInput(ObjectNode document) {
        List<String> automatic = in(document, AUTOMATIC);
        if (automatic.isEmpty() || !document.path("ioConfig").has("inputSpec")) {
            return null;
        }
        ObjectNode meant = document.deepCopy();
        meant.remove(automatic);
        return new MixedDocument(
                "task",
                meant,
                "this is an automatic compaction (" + String.join(", ", automatic)
                        + ") with the input of a task, ioConfig.inputSpec",
                "for a task, write type compact and leave out " + String.join(", ", automatic)
                        + "; for an automatic compaction, leave out ioConfig.inputSpec");
    }

    /** A supervisor of Kafka with the source of Kinesis, or the other way round. */
    private static @Nullable MixedDocument otherStream(ObjectNode document, String type, JsonNode ioConfig) {
        boolean kafka = type.equals("kafka");
        List<String> foreign = in(ioConfig, kafka ? KINESIS_SOURCE : KAFKA_SOURCE);
        if (foreign.isEmpty()) {
            return null;
        }
        String other = kafka ? "kinesis" : "kafka";
        boolean own = !in(ioConfig, kafka ? KAFKA_SOURCE : KINESIS_SOURCE).isEmpty();
        return new MixedDocument(
                "supervisor",
                own ? document : retyped(document, other),
                "this is a supervisor, " + type + ", with the fields of " + other + ": " + String.join(", ", foreign),
                own ? "leave them out" : "write type " + other + " everywhere, or add the source of " + type);
    }

    private static @Nullable MixedDocument compaction(ObjectNode document) {
        List<String> automatic = in(document, AUTOMATIC);
        if (automatic.isEmpty()) {
            return null;
        }
        boolean manual = !in(document, COMPACT_INPUT).isEmpty();
        ObjectNode meant = document.deepCopy();
        if (manual) {
            meant.remove(automatic);
        } else {
            meant.remove("type");
        }
        return new MixedDocument(
                manual ? "task" : "compactionConfig",
                meant,
                "this is an automatic compaction (" + String.join(", ", automatic)
                        + ") with the type of a task, compact",
                manual
                        ? "for a task, leave out " + String.join(", ", automatic)
                        : "leave out 'type' and post it to /druid/coordinator/v1/config/compaction; for a task, leave out "
                                + String.join(", ", automatic) + " and add an ioConfig");
    }

    private static @Nullable MixedDocument task(ObjectNode document, String type, JsonNode ioConfig) {
        List<String> stream = in(ioConfig, STREAM);
        if (stream.isEmpty()) {
            return null;
        }
        boolean supervisor = !ioConfig.hasNonNull("inputSource")
                && !in(ioConfig, STREAM_SOURCE).isEmpty();
        String meant = ioConfig.has("stream") ? "kinesis" : "kafka";
        return new MixedDocument(
                supervisor ? "supervisor" : "task",
                supervisor ? retyped(document, meant) : document,
                "this is a batch task, " + type + ", with the fields of a supervisor: " + String.join(", ", stream),
                supervisor
                        ? "for a supervisor, write type " + meant
                                + " everywhere and post it to /druid/indexer/v1/supervisor; for a task, add an inputSource"
                                + " in their place"
                        : "leave them out");
    }

    private static @Nullable MixedDocument supervisor(ObjectNode document, String type, JsonNode ioConfig) {
        List<String> batch = in(ioConfig, BATCH);
        if (batch.isEmpty()) {
            return null;
        }
        boolean task = ioConfig.hasNonNull("inputSource")
                && in(ioConfig, STREAM_SOURCE).isEmpty();
        return new MixedDocument(
                task ? "task" : "supervisor",
                task ? retyped(document, "index_parallel") : document,
                "this is a supervisor, " + type + ", with the fields of a batch task: " + String.join(", ", batch),
                task
                        ? "for a batch task, write type index_parallel everywhere and post it to /druid/indexer/v1/task;"
                                + " for a supervisor, add its source in their place"
                        : "leave them out");
    }

    private static ObjectNode retyped(ObjectNode document, String type) {
        ObjectNode meant = document.deepCopy();
        meant.put("type", type);
        JsonNode parts = meant.path("spec").isObject() ? meant.get("spec") : meant;
        for (String part : new String[] {"ioConfig", "tuningConfig"}) {
            if (parts.path(part) instanceof ObjectNode object) {
                object.put("type", type);
            }
        }
        return meant;
    }

    /** Returns true if the ioConfig names a stream. */
    static boolean readsStream(JsonNode ioConfig) {
        return !in(ioConfig, STREAM_SOURCE).isEmpty();
    }

    private static List<String> in(JsonNode object, List<String> names) {
        return names.stream().filter(object::hasNonNull).toList();
    }
}
