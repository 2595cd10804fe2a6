package sluice.core.contract;

import java.util.Locale;
import java.util.Set;

/** Checks which messages of a stream a supervisor reads, and from which servers. */
final class OffsetRules {
    /** Formats in which seconds, milliseconds and microseconds look alike. */
    private static final Set<String> NUMBERS = Set.of("auto", "posix", "millis", "micro", "nano");

    private OffsetRules() {}

    static void servers(SpecView spec, FindingCollector findings) {
        SpecNode servers = spec.ioConfig().get("consumerProperties").get("bootstrap.servers");
        if (!spec.isStream() || !servers.node().isTextual()) {
            return;
        }
        for (String server : servers.node().textValue().split(",", -1)) {
            if (!server.isBlank() && !hasPort(server.strip())) {
                findings.add(
                        ContractCode.SERVER_WITHOUT_PORT,
                        servers,
                        "'" + server.strip() + "' has no port",
                        "host:port, as " + server.strip() + ":9092",
                        null);
            }
        }
    }

    private static boolean hasPort(String server) {
        int colon = server.lastIndexOf(':');
        return colon > server.lastIndexOf(']')
                && colon + 1 < server.length()
                && server.substring(colon + 1).chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    static void start(SpecView spec, FindingCollector findings) {
        SpecNode io = spec.ioConfig();
        String field = spec.type().equals("kafka") ? "useEarliestOffset" : "useEarliestSequenceNumber";
        if (spec.isStream() && io.node().isObject() && !io.has(field) && !io.has("useEarliestSequenceNumber")) {
            findings.add(
                    ContractCode.LATEST_BY_DEFAULT,
                    io,
                    "'" + field + "' is missing, and false by default",
                    field + ": true to read what is there, false to pass over it",
                    "set " + field);
        }
    }

    static void resets(SpecView spec, FindingCollector findings) {
        SpecNode reset = spec.tuningConfig().get("resetOffsetAutomatically");
        if (spec.isStream() && reset.node().asBoolean()) {
            findings.add(
                    ContractCode.RESETS_OFFSETS,
                    reset,
                    "resetOffsetAutomatically is true: messages that are no longer there are passed over in silence",
                    "false: the supervisor stops, and you decide where it goes on",
                    null);
        }
    }

    static void future(SpecView spec, FindingCollector findings) {
        SpecNode format = spec.timestampSpec().get("format");
        String name = format.present() ? format.node().asText().toLowerCase(Locale.ROOT) : "auto";
        boolean filters = spec.dataSchema().get("transformSpec").has("filter");
        boolean bounded = spec.ioConfig().has("earlyMessageRejectionPeriod");
        if (spec.isStream()
                && filters
                && !bounded
                && NUMBERS.contains(name)
                && spec.timestampSpec().present()) {
            findings.add(
                    ContractCode.NO_EARLY_BOUND,
                    spec.ioConfig(),
                    "the timestamps are numbers (" + name + "), and there is no earlyMessageRejectionPeriod",
                    "earlyMessageRejectionPeriod, for example P1D",
                    "add \"earlyMessageRejectionPeriod\": \"P1D\"");
        }
    }
}
