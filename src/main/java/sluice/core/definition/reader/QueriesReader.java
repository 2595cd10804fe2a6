package sluice.core.definition.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.NearestWord;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.TypicalQuery;
import sluice.core.json.JsonPointers;

/** Reads the part {@code queries}. */
final class QueriesReader {

    private final StrictFields definition;
    private final LocatedFindings findings;

    QueriesReader(StrictFields definition) {
        this.definition = definition;
        this.findings = definition.findings();
    }

    List<TypicalQuery> queries() {
        if (!definition.has("queries")) {
            return List.of();
        }
        JsonNode list = definition.any("queries");
        if (!list.isArray()) {
            definition.wrongType("queries", "a list of typical queries");
            return List.of();
        }
        List<TypicalQuery> queries = new ArrayList<>();
        for (int index = 0; index < list.size(); index++) {
            String pointer = JsonPointers.child("/queries", index);
            if (list.get(index) instanceof ObjectNode object) {
                queries.add(query(
                        new StrictFields(findings, pointer, object, List.of("interval", "granularity", "filters"))));
            } else {
                findings.error(
                        DefinitionCode.WRONG_TYPE,
                        pointer,
                        "This is " + StrictFields.name(list.get(index)),
                        "an object such as {interval: P1D, granularity: HOUR, filters: [channel]}");
            }
        }
        return queries;
    }

    private TypicalQuery query(StrictFields fields) {
        return new TypicalQuery(
                fields.span("interval", LifecycleReader.PERIOD, LifecycleReader.PERIOD_EXPECTED),
                granularity(fields),
                filters(fields));
    }

    private @Nullable String granularity(StrictFields fields) {
        String text = fields.text("granularity");
        String name = text == null ? null : text.toUpperCase(Locale.ROOT);
        if (name != null
                && !name.equals("ALL")
                && !name.equals("NONE")
                && SegmentGranularity.ofName(name).isEmpty()) {
            List<String> names =
                    Arrays.stream(SegmentGranularity.values()).map(Enum::name).toList();
            findings.error(
                    DefinitionCode.GRANULARITY,
                    fields.pointer("granularity"),
                    "Druid has no granularity '" + text + "'",
                    "ALL, NONE or one of " + String.join(", ", names),
                    NearestWord.of(name, names));
            return null;
        }
        return name;
    }

    private List<String> filters(StrictFields fields) {
        if (!fields.has("filters")) {
            return List.of();
        }
        JsonNode list = fields.any("filters");
        List<String> filters = new ArrayList<>();
        if (!list.isArray()) {
            fields.wrongType("filters", "a list of columns");
            return filters;
        }
        for (int index = 0; index < list.size(); index++) {
            String column = list.get(index).textValue();
            if (column == null || column.isBlank()) {
                findings.error(
                        DefinitionCode.WRONG_TYPE,
                        JsonPointers.child(fields.pointer("filters"), index),
                        "This is not a name",
                        "a text: the name of a column");
            } else {
                filters.add(column);
            }
        }
        return filters;
    }
}
