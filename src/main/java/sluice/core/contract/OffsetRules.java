package sluice.core.contract;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks which messages of a stream a supervisor reads, and from which servers. */
final class OffsetRules {
    /** Formats in which seconds, milliseconds and microseconds look alike. */
    private static final Set<String> NUMBERS = Set.of("auto", "posix", "millis", "micro", "nano");

    private static final int HIGHEST_PORT = 65_535;

    private OffsetRules() {}

    static void servers(SpecView spec, FindingCollector findings) {
        SpecNode servers = spec.ioConfig().get("consumerProperties").get("bootstrap.servers");
        if (!spec.isStream() || !servers.node().isTextual()) {
            return;
        }
        if (servers.node().textValue().isBlank()) {
            report(servers, "no server is named", "host:port", findings);
        }
        for (String part : servers.node().textValue().split(",", -1)) {
            String server = part.strip();
            Integer port = port(server);
            if (server.matches(".*[;\\s].*")) {
                report(servers, "'" + server + "' is not one server", "host:port, with a comma between two", findings);
            } else if (!server.isEmpty() && port == null) {
                String host = server.replaceAll(":[^:\\]]*$", "");
                report(servers, "'" + server + "' has no port", "host:port, as " + host + ":9092", findings);
            } else if (port != null && (port < 1 || port > HIGHEST_PORT)) {
                report(servers, "'" + server + "' has no such port", "a port from 1 to " + HIGHEST_PORT, findings);
            }
        }
    }

    private static void report(SpecNode servers, String message, String expected, FindingCollector findings) {
        findings.add(ContractCode.SERVER_WITHOUT_PORT, servers, message, expected, null);
    }

    /** Returns null if no number follows the last colon; a number of many digits is no port either. */
    private static @Nullable Integer port(String server) {
        int colon = server.lastIndexOf(':');
        String digits = server.substring(colon + 1);
        if (colon <= server.lastIndexOf(']')
                || digits.isEmpty()
                || !digits.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            return null;
        }
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.valueOf(digits);
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
