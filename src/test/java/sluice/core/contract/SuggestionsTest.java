package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.core.json.UnreadableTextException;

/**
 * Whether advice is right: each spec is spoilt at every place by a rename, a move or a change of JSON type, and what the
 * contract suggests brings the original back. Only what Druid itself does not read as before counts.
 */
class SuggestionsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Contract CONTRACT = Contract.forDruid("33");
    private static final double TARGET = 0.98;

    private final Map<String, int[]> counts = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> worse = new ArrayList<>();

    @Test
    void suggestionsBringTheOriginalBack() throws Exception {
        // When
        try (Oracle oracle = new Oracle("33");
                Stream<Path> files = Files.list(Specs.FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                // Kinesis' jar for 33 is not to be had.
                if (!name.contains("kinesis")) {
                    measure(oracle, name, MAPPER.readTree(file.toFile()));
                }
            }
        }

        // Then
        int total = 0;
        int brought = 0;
        for (Map.Entry<String, int[]> count : counts.entrySet()) {
            print(count.getKey(), count.getValue()[1], count.getValue()[0]);
            total += count.getValue()[0];
            brought += count.getValue()[1];
        }
        print("all", brought, total);
        if (System.getProperty("suggestions.missed") != null) {
            Files.write(Path.of(System.getProperty("suggestions.missed")), missed);
        }
        assertThat(worse).as("read by Druid before the repair, not after").isEmpty();
        assertThat(total).isGreaterThan(3_000);
        assertThat((double) brought / total).as("missed: %s", missed).isGreaterThanOrEqualTo(TARGET);
    }

    private static void print(String kind, int brought, int total) {
        System.out.printf(
                Locale.ROOT,
                "Druid 33, suggestions: %s: %d of %d bring the original back (%.2f %%)%n",
                kind,
                brought,
                total,
                100.0 * brought / total);
    }

    private void measure(Oracle oracle, String name, JsonNode good) throws IOException, UnreadableTextException {
        JsonNode original = mended(good);
        for (Spoilings.Spoilt spoilt : Spoilings.of(good)) {
            String text = spoilt.document().toString();
            Oracle.Answer answer = oracle.ask(Specs.kind(name), text);
            if (answer.keptWhole()) {
                continue;
            }
            int[] count = counts.computeIfAbsent(spoilt.kind(), first -> new int[2]);
            count[0]++;
            JsonNode mended = mended(spoilt.document());
            if (mended.equals(original)) {
                count[1]++;
            } else {
                missed.add(name + ": " + spoilt.kind() + " " + spoilt.what());
                notWorse(oracle, name, spoilt, answer, mended);
            }
        }
    }

    private void notWorse(Oracle oracle, String name, Spoilings.Spoilt spoilt, Oracle.Answer before, JsonNode mended)
            throws IOException {
        Oracle.Answer after = oracle.ask(Specs.kind(name), mended.toString());
        if (!before.refused() && after.refused()) {
            worse.add(name + ": " + spoilt.kind() + " " + spoilt.what() + " -> " + after.error());
        }
    }

    private static JsonNode mended(JsonNode document) throws IOException, UnreadableTextException {
        return MAPPER.readTree(SpecFix.json(document.toString(), CONTRACT).text());
    }
}
