package sluice.core.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks for names that cause trouble later. */
final class NameRules {
    private static final int LONGEST = 255; // druid_segments.dataSource is a VARCHAR(255)
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.~-]+");
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> RESERVED = Set.of(
            "all",
            "and",
            "any",
            "as",
            "between",
            "by",
            "case",
            "cast",
            "count",
            "current",
            "date",
            "day",
            "default",
            "distinct",
            "end",
            "exists",
            "false",
            "filter",
            "from",
            "full",
            "group",
            "having",
            "hour",
            "in",
            "inner",
            "interval",
            "is",
            "join",
            "language",
            "left",
            "like",
            "limit",
            "method",
            "minute",
            "month",
            "not",
            "null",
            "offset",
            "on",
            "or",
            "order",
            "over",
            "partition",
            "position",
            "range",
            "rank",
            "references",
            "result",
            "right",
            "row",
            "rows",
            "second",
            "select",
            "set",
            "start",
            "sum",
            "table",
            "time",
            "timestamp",
            "to",
            "true",
            "union",
            "unknown",
            "user",
            "using",
            "value",
            "values",
            "when",
            "where",
            "with",
            "year");

    private NameRules() {}

    static void datasource(SpecView spec, FindingCollector findings) {
        SpecNode place = spec.isKill()
                ? spec.document().get("dataSource")
                : spec.dataSchema().get("dataSource");
        String name = place.node().textValue();
        if (name == null) {
            return;
        }
        if (name.length() > LONGEST) {
            findings.add(
                    ContractCode.DATASOURCE_TOO_LONG,
                    place,
                    "the name has " + name.length() + " characters",
                    "at most " + LONGEST,
                    null);
        } else if (!PLAIN.matcher(name).matches()) {
            findings.add(
                    ContractCode.DATASOURCE_NAME,
                    place,
                    "'" + name + "' has spaces or other special characters",
                    "letters, digits, '_', '-' and '.'",
                    null);
        }
        SpecNode beside = spec.document().get("dataSource");
        if (spec.isBatch() && beside.present() && !beside.node().asText().equals(name)) {
            findings.add(
                    ContractCode.DATASOURCE_TWO_WAYS,
                    beside,
                    "'" + beside.node().asText() + "' is not '" + name + "'",
                    "only the datasource in the dataSchema",
                    "leave it out");
        }
    }

    static void columns(SpecView spec, FindingCollector findings) {
        Map<String, String> seen = new HashMap<>();
        List<SpecNode> columns = new ArrayList<>(spec.dimensions());
        columns.addAll(spec.metrics());
        for (SpecNode column : columns) {
            String name = SpecView.dimensionName(column);
            if (name == null || name.isEmpty()) {
                continue;
            }
            String other = seen.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
            if (other != null && !other.equals(name)) {
                findings.add(
                        ContractCode.NAMES_DIFFER_IN_CASE,
                        column,
                        "'" + name + "' and '" + other + "' differ only in case",
                        "one of them",
                        null);
            }
            if (!IDENTIFIER.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                findings.add(
                        ContractCode.NAME_NEEDS_QUOTES,
                        column,
                        "'" + name + "' is not a plain SQL name",
                        "letters, digits and '_', and no reserved word",
                        null);
            }
        }
    }
}
