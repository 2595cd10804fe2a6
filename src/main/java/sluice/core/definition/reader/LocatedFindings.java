package sluice.core.definition.reader;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.contract.FindingLimit;
import sluice.core.contract.Severity;
import sluice.core.json.JsonPointers;
import sluice.core.json.LocatedDocument;
import sluice.core.json.Position;

/** Collects findings and adds the position in the text to each. */
final class LocatedFindings {

    private static final Comparator<Finding> BY_PLACE = Comparator.comparing(
                    Finding::line, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Finding::column, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final Set<Finding> findings = new LinkedHashSet<>();
    private Map<String, Position> values = new HashMap<>();
    private Map<String, Position> keys = new HashMap<>();
    private final FindingLimit limit = new FindingLimit();
    private final Set<String> withoutValue = new HashSet<>();

    void locate(LocatedDocument document) {
        values = document.values();
        keys = document.keys();
    }

    void error(DefinitionCode code, String pointer, String message, String expected) {
        add(code, Severity.ERROR, pointer, positionOfValue(pointer), message, expected, null);
    }

    void error(
            DefinitionCode code,
            String pointer,
            String message,
            @Nullable String expected,
            @Nullable String suggestion) {
        add(code, Severity.ERROR, pointer, positionOfValue(pointer), message, expected, suggestion);
    }

    /** Adds an error about the second occurrence of a key. */
    void duplicateKey(Position position, String pointer, String key) {
        error(DefinitionCode.DUPLICATE_KEY, position, pointer, "'" + key + "' occurs a second time here", null);
    }

    /** Adds an error about the key rather than its value. */
    void keyError(
            DefinitionCode code,
            String pointer,
            String message,
            @Nullable String expected,
            @Nullable String suggestion) {
        Position position = keys.containsKey(pointer) ? keys.get(pointer) : positionOfValue(pointer);
        add(code, Severity.ERROR, pointer, position, message, expected, suggestion);
    }

    void error(
            DefinitionCode code,
            @Nullable Position position,
            String pointer,
            String message,
            @Nullable String expected) {
        add(code, Severity.ERROR, pointer, position, message, expected, null);
    }

    void warning(DefinitionCode code, String pointer, String message, String expected) {
        add(code, Severity.WARNING, pointer, positionOfValue(pointer), message, expected, null);
    }

    boolean anyError() {
        return Finding.anyError(List.copyOf(findings));
    }

    /** Returns all findings in the order of the text. */
    List<Finding> inOrder() {
        return findings.stream().sorted(BY_PLACE).toList();
    }

    private void add(
            DefinitionCode code,
            Severity severity,
            String pointer,
            @Nullable Position position,
            String message,
            @Nullable String expected,
            @Nullable String suggestion) {
        if (withoutValue.contains(pointer)) {
            return; // The missing variable has already been reported.
        }
        Integer line = position == null ? null : position.line();
        Integer column = position == null ? null : position.column();
        Finding finding =
                new Finding(code.code(), severity, pointer, line, column, message, expected, suggestion, code.url());
        if (!findings.contains(finding)) {
            limit.add(finding);
            findings.add(finding);
        }
    }

    /** Says that reading stopped because there are too many findings. */
    void tooMany() {
        findings.add(Finding.error(
                DefinitionCode.TOO_MANY_FINDINGS.code(),
                "",
                "There are more findings than these " + findings.size(),
                null,
                "correct these first"));
    }

    /** Says that the document exhausted what reading it may use. */
    void exhausted(Error exhausted) {
        findings.add(Finding.error(
                DefinitionCode.UNREADABLE.code(),
                "",
                "The document cannot be read (" + exhausted.getClass().getSimpleName() + ")",
                "a smaller and simpler document",
                null));
    }

    /** Suppresses further errors about the value at the pointer: it is not what the author meant. */
    void valueMissing(String pointer) {
        withoutValue.add(pointer);
    }

    private @Nullable Position positionOfValue(String pointer) {
        String place = pointer;
        while (!values.containsKey(place) && !place.isEmpty()) {
            place = JsonPointers.parent(place);
        }
        return values.get(place);
    }
}
