package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.Compaction;
import sluice.core.definition.Retention;
import sluice.core.definition.Span;
import sluice.core.definition.StreamDefinition;
import sluice.core.json.JsonPointers;

/** Reads the parts {@code stream}, {@code retention} and {@code compaction}. */
final class LifecycleReader {

    static final Pattern PERIOD = Pattern.compile("P(?!$)([0-9]{1,6}Y)?([0-9]{1,6}M)?([0-9]{1,6}W)?([0-9]{1,6}D)?"
            + "(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?");

    static final String PERIOD_EXPECTED = "an ISO-8601 period, for example P30D";

    /**
     * The supervisor's id, and the fields of Druid 33's SeekableStreamSupervisorIOConfig, common to Kafka and Kinesis.
     */
    private static final List<String> SHARED = List.of(
            "type",
            "id",
            "tuningConfig",
            "inputFormat",
            "taskCount",
            "replicas",
            "taskDuration",
            "startDelay",
            "period",
            "completionTimeout",
            "lateMessageRejectionPeriod",
            "earlyMessageRejectionPeriod",
            "lateMessageRejectionStartDateTime",
            "autoScalerConfig",
            "idleConfig",
            "stopTaskCount");

    private static final List<String> KAFKA = with(
            "topic",
            "topicPattern",
            "consumerProperties",
            "pollTimeout",
            "useEarliestOffset",
            "configOverrides",
            "emitTimeLagMetrics");

    private static final List<String> KINESIS = with(
            "stream",
            "region",
            "endpoint",
            "useEarliestSequenceNumber",
            "fetchDelayMillis",
            "recordsPerFetch",
            "awsAssumedRoleArn",
            "awsExternalId",
            "deaggregate");

    private final StrictFields definition;
    private final LocatedFindings findings;

    LifecycleReader(StrictFields definition) {
        this.definition = definition;
        this.findings = definition.findings();
    }

    List<StreamDefinition> stream() {
        if (!definition.has("stream")) {
            return List.of();
        }
        JsonNode list = definition.any("stream");
        if (!list.isArray()) {
            definition.wrongType("stream", "a list of streams");
            return List.of();
        }
        List<StreamDefinition> streams = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            String pointer = JsonPointers.child("/stream", index);
            if (list.get(index) instanceof ObjectNode object) {
                stream(pointer, object, streams);
            } else {
                findings.error(
                        DefinitionCode.WRONG_TYPE,
                        pointer,
                        "This is " + StrictFields.name(list.get(index)),
                        "an object with type kafka or kinesis");
            }
        }
        return streams;
    }

    private void stream(String pointer, ObjectNode object, List<StreamDefinition> streams) {
        boolean kinesis = "kinesis".equals(object.path("type").textValue());
        StrictFields fields = new StrictFields(findings, pointer, object, kinesis ? KINESIS : KAFKA);
        StreamDefinition.Type type = fields.require("type", "kafka or kinesis")
                ? fields.choice("type", StreamDefinition.Type.class).orElse(null)
                : null;
        ObjectNode tuningConfig = fields.object("tuningConfig");
        String id = fields.text("id");
        if (type == null) {
            return;
        }
        switch (type) {
            case KAFKA -> {
                fields.require("consumerProperties", "{bootstrap.servers: ...}");
                fields.object("consumerProperties");
                fields.text("topic");
                fields.text("topicPattern");
                if (fields.has("topic") == fields.has("topicPattern")) {
                    findings.error(
                            DefinitionCode.CONTRADICTION,
                            pointer,
                            "A Kafka stream reads either one topic or the topics that match a pattern",
                            "either topic or topicPattern");
                }
            }
            case KINESIS -> {
                fields.require("stream", "the stream's name");
                fields.text("stream");
            }
        }
        ObjectNode ioConfig = object.deepCopy();
        ioConfig.remove(List.of("type", "id", "tuningConfig"));
        streams.add(new StreamDefinition(type, id, ioConfig, tuningConfig));
    }

    /** Returns the retention part; null if there is none. */
    @Nullable
    Retention retention() {
        if (!definition.has("retention")) {
            return null;
        }
        StrictFields retention = definition.fields("retention", List.of("keep", "hot", "tiers", "purgeAfter"));
        Map<String, Integer> tiers = new TreeMap<>();
        ObjectNode replicas = retention.object("tiers");
        StrictFields counts = retention.fields("tiers", List.copyOf(names(replicas)));
        for (String tier : names(replicas)) {
            Long count = counts.number(tier, 0, 100);
            if (count != null) {
                tiers.put(tier, count.intValue());
            }
        }
        String keep = retention.span("keep", PERIOD, PERIOD_EXPECTED);
        String hot = retention.span("hot", PERIOD, PERIOD_EXPECTED);
        if (keep != null && hot != null && isLonger(hot, keep)) {
            findings.error(
                    DefinitionCode.CONTRADICTION,
                    "/retention/hot",
                    "The rule for hot (" + hot + ") comes first and would load what keep (" + keep
                            + ") has sweeps remove",
                    "a period that is not longer than keep");
        }
        return new Retention(keep, hot, tiers, retention.span("purgeAfter", PERIOD, PERIOD_EXPECTED));
    }

    private static boolean isLonger(String hot, String keep) {
        return new Span(hot).length().compareTo(new Span(keep).length()) > 0;
    }

    Compaction compaction() {
        if (!definition.has("compaction")) {
            return Compaction.NONE;
        }
        StrictFields compaction =
                definition.fields("compaction", List.of("engine", "skipOffsetFromLatest", "afterIngestion"));
        Compaction.Engine engine = compaction.require("engine", "native, msq or none")
                ? compaction.choice("engine", Compaction.Engine.class, Compaction.Engine.NONE)
                : Compaction.Engine.NONE;
        return new Compaction(
                engine,
                compaction.span("skipOffsetFromLatest", PERIOD, PERIOD_EXPECTED),
                compaction.flag("afterIngestion", false));
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> with(String... own) {
        List<String> keys = new ArrayList<>(List.of(own));
        keys.addAll(SHARED);
        return List.copyOf(keys);
    }
}
