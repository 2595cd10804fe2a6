package sluice.core.contract;

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
import sluice.core.json.UnreadableTextException;

/**
 * Counts how often the contract's suggestions bring a spoilt spec back to the original. Only what Druid itself does not read
 * as before counts.
 */
final class SuggestionRates {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Contract CONTRACT = Contract.forDruid("33");

    private final String what;
    private final int step;
    private final Map<String, int[]> counts = new TreeMap<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> worse = new ArrayList<>();

    /** @param step 1 for each spoilt spec, 10 for every tenth */
    SuggestionRates(String what, int step) {
        this.what = what;
        this.step = step;
    }

    static SuggestionRates ofOwnSpecs(int step) throws IOException, UnreadableTextException {
        SuggestionRates rates = new SuggestionRates("suggestions", step);
        Oracle oracle = Oracle.of("33");
        try (Stream<Path> files = Files.list(Specs.FOLDER)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                // Kinesis' jar for 33 is not to be had.
                if (!name.contains("kinesis")) {
                    rates.measure(oracle, Specs.kind(name), name, MAPPER.readTree(file.toFile()));
                }
            }
        }
        rates.print();
        return rates;
    }

    int total() {
        return sum(0);
    }

    double rate() {
        return (double) sum(1) / sum(0);
    }

    /** What the suggestions did not bring back. */
    List<String> missed() {
        return missed;
    }

    /** What Druid read before the repair, and not after it. */
    List<String> worse() {
        return worse;
    }

    private int sum(int index) {
        return counts.values().stream().mapToInt(count -> count[index]).sum();
    }

    void print() {
        counts.forEach((kind, count) -> print(kind, count[1], count[0]));
        print("all", sum(1), sum(0));
    }

    private void print(String kind, int brought, int total) {
        System.out.printf(
                Locale.ROOT,
                "Druid 33, %s: %s: %d of %d bring the original back (%.2f %%)%n",
                what,
                kind,
                brought,
                total,
                100.0 * brought / total);
    }

    void measure(Oracle oracle, String kind, String name, JsonNode good) throws IOException, UnreadableTextException {
        JsonNode original = mended(good);
        List<Spoilings.Spoilt> spoilings = Spoilings.of(good);
        for (int number = 0; number < spoilings.size(); number += step) {
            Spoilings.Spoilt spoilt = spoilings.get(number);
            Oracle.Answer answer = oracle.ask(kind, spoilt.document().toString());
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
                compare(oracle, kind, name, spoilt, answer, mended);
            }
        }
    }

    private void compare(
            Oracle oracle, String kind, String name, Spoilings.Spoilt spoilt, Oracle.Answer before, JsonNode mended)
            throws IOException {
        Oracle.Answer after = oracle.ask(kind, mended.toString());
        if (!before.refused() && after.refused()) {
            worse.add(name + ": " + spoilt.kind() + " " + spoilt.what() + " -> " + after.error());
        }
    }

    private static JsonNode mended(JsonNode document) throws IOException, UnreadableTextException {
        return MAPPER.readTree(SpecFix.json(document.toString(), CONTRACT).text());
    }
}
