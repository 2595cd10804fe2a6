package sluice.entry.gate;

import java.util.HashMap;
import java.util.Map;
import sluice.fuzz.Inputs;

/**
 * Calls the API with anything: a line with method, path and query, lines of headers, an empty line and a body. No call ends with
 * status 500.
 */
public final class ApiFuzzer {

    private static final int CALLS_OF_A_GATE = 500;
    private static InMemoryGate gate = new InMemoryGate();
    private static int calls;

    private ApiFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(ApiFuzzer.class, ApiFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        if (++calls % CALLS_OF_A_GATE == 0) {
            gate = new InMemoryGate(); // otherwise it would remember everything
        }
        String text = Inputs.rest(data);
        int end = text.indexOf("\n\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\n");
        String body = end < 0 ? null : text.substring(end + 2);
        String[] first = lines[0].split(" ", 2);
        String[] target = (first.length < 2 ? "/v1/lint" : first[1]).split("\\?", 2);
        Map<String, String> query = new HashMap<>();
        if (target.length == 2) {
            for (String parameter : target[1].split("&")) {
                String[] parts = parameter.split("=", 2);
                query.put(parts[0], parts.length < 2 ? "" : parts[1]);
            }
        }
        Map<String, String> headers = new HashMap<>();
        for (int line = 1; line < lines.length; line++) {
            String[] parts = lines[line].split(": ", 2);
            headers.put(parts[0], parts.length < 2 ? "" : parts[1]);
        }
        ApiGatewayResponse response = gate.handle(new ApiGatewayRequest(
                target[0], headers, query, InMemoryGate.context(first[0]), body, Inputs.choice(data, 8) == 7));
        if (response.statusCode() == 500) {
            throw new AssertionError(lines[0] + " ends with 500");
        }
    }
}
