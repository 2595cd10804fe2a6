package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Compatibility;
import sluice.core.definition.Definition;

/**
 * Checks how a new version of a definition affects queries: queries of the new version on segments of the old one
 * (backward), and queries of the old version on segments of the new one (forward). A change that {@code compatibility}
 * forbids is an error, any other one an information.
 */
public final class CompatibilityCheck {

    private CompatibilityCheck() {}

    /** Returns the findings, each at its place in the new definition. */
    public static List<Finding> of(Definition before, Definition after) {
        TreeMap<String, StoredColumns.Column> old = StoredColumns.of(before);
        TreeMap<String, StoredColumns.Column> now = StoredColumns.of(after);
        Compatibility mode = after.compatibility();
        List<Finding> findings = new ArrayList<>();
        TreeSet<String> gone = new TreeSet<>(old.keySet());
        gone.removeAll(now.keySet());
        for (String name : gone) {
            findings.add(finding(
                    mode.isForward(),
                    "/schema",
                    "Column '" + name + "' is not stored any more: queries that read it find null in new segments",
                    mode,
                    "keep the column"));
        }
        now.forEach((name, column) -> {
            StoredColumns.Column earlier = old.get(name);
            if (earlier != null && !earlier.type().equals(column.type())) {
                findings.add(finding(
                        mode.isForward() || mode.isBackward(),
                        column.pointer(),
                        "Column '" + name + "' changes from " + earlier.type() + " to " + column.type()
                                + ": old and new segments differ, and Druid converts at query time or answers null",
                        mode,
                        "keep the type, or give the new column another name"));
            }
        });
        granularity(before, after).ifPresent(findings::add);
        return List.copyOf(findings);
    }

    private static Optional<Finding> granularity(Definition before, Definition after) {
        JsonNode old = before.schema().queryGranularity();
        JsonNode now = after.schema().queryGranularity();
        if (!Granularities.isCoarser(now, old)) {
            return Optional.empty();
        }
        return Optional.of(finding(
                after.compatibility().isForward(),
                "/schema/granularitySpec/queryGranularity",
                "Rows are rolled up to " + now.asText() + " instead of " + old.asText()
                        + ": queries that look closer see new rows at the start of it",
                after.compatibility(),
                "keep the queryGranularity"));
    }

    private static Finding finding(
            boolean isForbidden, String pointer, String message, Compatibility mode, String suggestion) {
        return DriftCode.INCOMPATIBLE.finding(
                isForbidden ? Severity.ERROR : Severity.INFO,
                pointer,
                message,
                isForbidden ? "a change that compatibility " + mode + " allows" : null,
                isForbidden ? suggestion + ", or say compatibility: none" : null);
    }
}
