package sluice.core.contract;

/** Checks kafka and kinesis supervisors. */
final class StreamRules {
    private static final long MINUTE = 60_000;

    private StreamRules() {}

    static void shape(SpecView spec, FindingCollector findings) {
        boolean whole = spec.document().has("spec")
                || spec.document().has("dataSchema") && spec.document().has("ioConfig");
        if (spec.isStream() && !whole) {
            findings.add(ContractCode.SPEC_MISSING, spec.document(), "'spec' is missing", "spec", null);
        }
    }

    static void topic(SpecView spec, FindingCollector findings) {
        SpecNode io = spec.ioConfig();
        if (!spec.isStream() || !spec.type().equals("kafka") || !io.node().isObject()) {
            return;
        }
        if (io.has("topic") == io.has("topicPattern")) {
            findings.add(
                    ContractCode.TOPIC_ONE_WAY,
                    io,
                    io.has("topic") ? "both topic and topicPattern are set" : "there is no topic",
                    "a topic or a topicPattern",
                    null);
        }
        SpecNode consumer = io.get("consumerProperties");
        if (consumer.node().isObject() && !consumer.has("bootstrap.servers") && !io.has("configOverrides")) {
            findings.add(
                    ContractCode.BOOTSTRAP_SERVERS, consumer, "'bootstrap.servers' is missing", "host:port, ...", null);
        }
    }

    static void scaler(SpecView spec, FindingCollector findings) {
        SpecNode scaler = spec.ioConfig().get("autoScalerConfig");
        if (!spec.isStream() || !scaler.node().isObject() || !scaler.isTrue("enableTaskAutoScaler")) {
            return;
        }
        long min = scaler.node().path("taskCountMin").asLong(-1);
        long max = scaler.node().path("taskCountMax").asLong(-1);
        long start = scaler.node().path("taskCountStart").asLong(min);
        if (min < 0 || max < 0) {
            findings.add(
                    ContractCode.SCALER_BOUNDS, scaler, "taskCountMin and taskCountMax are required", "both", null);
        } else if (min > max) {
            findings.add(
                    ContractCode.SCALER_BOUNDS,
                    scaler,
                    "taskCountMin " + min + " is above taskCountMax " + max,
                    "taskCountMin at most taskCountMax",
                    null);
        } else if (start < min || start > max) {
            findings.add(
                    ContractCode.SCALER_BOUNDS,
                    scaler.get("taskCountStart"),
                    start + " is outside the bounds",
                    min + " to " + max,
                    null);
        }
    }

    static void reading(SpecView spec, FindingCollector findings) {
        if (!spec.isStream() || !spec.ioConfig().node().isObject()) {
            return;
        }
        if (!spec.intervals().isEmpty()) {
            findings.add(
                    ContractCode.STREAM_INTERVALS,
                    spec.granularitySpec().get("intervals"),
                    "there are intervals",
                    "none: lateMessageRejectionPeriod bounds the time of messages",
                    "leave them out");
        }
        SpecNode count = spec.ioConfig().get("taskCount");
        if (count.node().isNumber() && count.node().asLong() < 1) {
            findings.add(ContractCode.NO_TASKS, count, "taskCount is " + count.node(), "1 or more", null);
        }
        SpecNode duration = spec.ioConfig().get("taskDuration");
        Long length =
                duration.node().isTextual() ? IsoTime.length(duration.node().textValue()) : null;
        if (length != null && length < MINUTE && spec.druid().equals("33")) {
            findings.add(
                    ContractCode.TASK_DURATION, duration, "taskDuration is " + duration.node(), "PT1M or longer", null);
        }
        if (!spec.ioConfig().has("inputFormat") && !spec.dataSchema().has("parser")) {
            findings.add(
                    ContractCode.STREAM_FORMAT_MISSING,
                    spec.ioConfig(),
                    "'inputFormat' is missing",
                    "the format of the messages",
                    null);
        }
    }
}
