package sluice.govern.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;

/** Compares what a definition stores with the columns that the live datasource has. */
public final class LiveColumns {

    private LiveColumns() {}

    /**
     * Returns the differences as findings; none if the datasource is empty.
     *
     * @throws sluice.platform.druid.DruidException if the cluster does not respond
     */
    public static List<Finding> compare(DruidCluster cluster, Definition definition) {
        TreeMap<String, String> live = new TreeMap<>(cluster.queries().columns(definition.datasource()));
        live.remove("__time");
        return live.isEmpty() ? List.of() : differences(live, definition);
    }

    static List<Finding> differences(TreeMap<String, String> live, Definition definition) {
        TreeMap<String, StoredColumns.Column> stored = StoredColumns.of(definition);
        boolean isOpen = DeclaredColumns.of(definition).isOpen();
        List<Finding> findings = new ArrayList<>();
        stored.forEach((name, column) -> {
            if (!live.containsKey(name)) {
                findings.add(info(
                        column.pointer(),
                        "Column '" + name + "' (" + column.type()
                                + ") is new to the live datasource: older segments answer null"));
            } else if (!isSql(live.get(name), column.type())) {
                findings.add(DriftCode.LIVE_COLUMN.finding(
                        Severity.WARNING,
                        column.pointer(),
                        "Column '" + name + "' is " + live.get(name) + " in the live datasource, and " + column.type()
                                + " in the definition",
                        "the same type in all segments",
                        "load the older time chunks again, or give the column another name"));
            }
        });
        for (String name : live.keySet()) {
            if (!stored.containsKey(name) && !isOpen) {
                findings.add(info(
                        "/schema",
                        "Column '" + name + "' (" + live.get(name)
                                + ") of the live datasource is not in the definition: newer segments answer null"));
            }
        }
        return List.copyOf(findings);
    }

    private static Finding info(String pointer, String message) {
        return DriftCode.LIVE_COLUMN.finding(Severity.INFO, pointer, message, null, null);
    }

    /** Returns true if SQL shows a column of the type as the data type. */
    private static boolean isSql(String dataType, String type) {
        return switch (type) {
            case "STRING" -> dataType.equals("VARCHAR");
            case "LONG" -> dataType.equals("BIGINT");
            case "DOUBLE" -> dataType.equals("DOUBLE");
            case "FLOAT" -> dataType.equals("FLOAT");
            case "AUTO" -> true;
            default -> !type.startsWith("COMPLEX") || dataType.startsWith("COMPLEX") || dataType.equals("OTHER");
        };
    }
}
