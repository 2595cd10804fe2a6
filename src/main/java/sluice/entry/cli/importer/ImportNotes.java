package sluice.entry.cli.importer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;

/** Remarks about an import: findings by place in the spec, comments by place in the definition. */
final class ImportNotes {

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, List<String>> comments = new LinkedHashMap<>();

    /** Adds a finding; its message also becomes a comment in the definition, where the reader will look for it. */
    void add(
            ImportCode code,
            String specPointer,
            String message,
            @Nullable String suggestion,
            String definitionPointer) {
        findings.add(code.finding(specPointer, message, suggestion));
        comment(definitionPointer, message + (suggestion == null ? "" : ": " + suggestion));
    }

    void comment(String definitionPointer, String text) {
        comments.computeIfAbsent(definitionPointer, first -> new ArrayList<>()).add(text);
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }

    Map<String, List<String>> comments() {
        return Map.copyOf(comments);
    }
}
