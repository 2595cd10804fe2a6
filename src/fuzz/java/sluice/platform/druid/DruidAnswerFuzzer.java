package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;
import sluice.fuzz.Inputs;

/**
 * Reads any text as an answer of Druid, as each record that is read from one. An answer of another form is refused with a
 * DruidException or an exception that names what is wrong with it.
 */
public final class DruidAnswerFuzzer {

    private static final int[] STATUSES = {200, 200, 200, 400, 404, 500, 401, 301};
    private static final List<Function<JsonNode, Object>> READERS = List.of(
            TaskReport::of,
            UsedSegment::of,
            UnusedSegment::of,
            ChunkSegment::of,
            SupervisorStatus::of,
            SegmentState::of,
            TaskLock::of);

    private DruidAnswerFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(DruidAnswerFuzzer.class, DruidAnswerFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        String body = Inputs.rest(data);
        DruidAnswer answer = new DruidAnswer("main", "GET /", STATUSES[Inputs.choice(data, STATUSES.length)], body);
        JsonNode document;
        try {
            answer.message();
            document = answer.json();
        } catch (DruidException refused) {
            return;
        }
        SegmentId.of("wiki", document.path("id").asText());
        for (Function<JsonNode, Object> reader : READERS) {
            try {
                reader.apply(document);
            } catch (DruidException | IllegalArgumentException | DateTimeException refused) {
                // The answer has another form.
            }
        }
    }
}
