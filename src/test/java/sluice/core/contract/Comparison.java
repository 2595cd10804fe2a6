package sluice.core.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Counts how the contract's answers compare with Druid's. */
final class Comparison {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final String what;
    private final Contract contract;
    private final Exceptions exceptions = Exceptions.read();
    private final List<String> refusedMissed = new ArrayList<>();
    private final List<String> keptFalse = new ArrayList<>();
    private final List<String> droppedMissed = new ArrayList<>();
    private int total;
    private int refused;
    private int kept;
    private int dropped;
    private int excepted;

    Comparison(String what, Contract contract) {
        this.what = what;
        this.contract = contract;
    }

    void add(Oracle oracle, String kind, String name, String text) throws IOException {
        List<Finding> findings = findings(kind, text);
        Oracle.Answer answer = withoutEmpty(oracle.ask(kind, text), findings);
        List<Finding> errors = findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
        total++;
        if (exceptions.cover(name, answer, errors)) {
            excepted++;
            return;
        }
        if (answer.refused()) {
            refused++;
            if (errors.isEmpty()) {
                refusedMissed.add(name + " -> " + answer.error() + answer.fails());
            }
        }
        if (answer.keptWhole()) {
            kept++;
            if (!errors.isEmpty()) {
                keptFalse.add(name + " -> " + errors.get(0).code() + " "
                        + errors.get(0).pointer());
            }
        }
        if (!answer.dropped().isEmpty()) {
            dropped++;
            if (errors.isEmpty()) {
                droppedMissed.add(name + " -> " + answer.dropped());
            }
        }
    }

    /** An unknown field with an empty value is a warning, because nothing is lost with it. */
    private static Oracle.Answer withoutEmpty(Oracle.Answer answer, List<Finding> findings) {
        List<String> dropped = answer.dropped().stream()
                .filter(place -> findings.stream()
                        .noneMatch(finding -> finding.code().equals(ContractCode.EMPTY_AND_UNKNOWN.id())
                                && finding.pointer().equals(place)))
                .toList();
        return new Oracle.Answer(answer.accepted(), answer.error(), dropped, answer.changed(), answer.fails());
    }

    private List<Finding> findings(String kind, String text) throws IOException {
        JsonNode document = MAPPER.readTree(text);
        return contract.check(kind, document);
    }

    int total() {
        return total;
    }

    int kept() {
        return kept;
    }

    List<String> refusedMissed() {
        return refusedMissed;
    }

    List<String> keptFalse() {
        return keptFalse;
    }

    List<String> droppedMissed() {
        return droppedMissed;
    }

    String rates() {
        return String.format(
                Locale.ROOT,
                "%s: %d specs, %d by exception; refused %d of %d found (%.2f %%), false errors %d of %d (%.2f %%), "
                        + "dropped fields %d of %d found (%.2f %%)",
                what,
                total,
                excepted,
                refused - refusedMissed.size(),
                refused,
                percent(refused - refusedMissed.size(), refused),
                keptFalse.size(),
                kept,
                percent(keptFalse.size(), kept),
                dropped - droppedMissed.size(),
                dropped,
                percent(dropped - droppedMissed.size(), dropped));
    }

    private static double percent(int part, int whole) {
        return whole == 0 ? 100 : 100.0 * part / whole;
    }
}
