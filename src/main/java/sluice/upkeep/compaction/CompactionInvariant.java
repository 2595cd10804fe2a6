package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What compaction must not change, measured before and after. The task carries the earlier measurement in its context, which
 * Druid does not touch: {@code sluice.rowsBefore: 42, sluice.rollup: true, sluice.sumsBefore: {edits: "300"}}.
 *
 * @param rows stored rows
 * @param rolledUp whether equal rows become one, so that there may be fewer rows afterwards
 * @param sums sums of the columns whose sums rollup keeps exactly: those that count rows or add whole numbers, by name
 */
record CompactionInvariant(long rows, boolean rolledUp, Map<String, BigDecimal> sums) {

    private static final String ROWS = "sluice.rowsBefore";
    private static final String ROLLUP = "sluice.rollup";
    private static final String SUMS = "sluice.sumsBefore";

    CompactionInvariant {
        sums = Map.copyOf(sums);
    }

    /** Makes the invariant of a chunk of which only the rows are known. */
    CompactionInvariant(long rows) {
        this(rows, false, Map.of());
    }

    void writeTo(ObjectNode context) {
        context.put(ROWS, rows).put(ROLLUP, rolledUp);
        ObjectNode written = context.putObject(SUMS);
        // As text: a JSON number would not carry a large sum exactly.
        new TreeMap<>(sums).forEach((column, sum) -> written.put(column, sum.toPlainString()));
    }

    static CompactionInvariant readFrom(JsonNode context) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        context.path(SUMS)
                .properties()
                .forEach(sum ->
                        sums.put(sum.getKey(), new BigDecimal(sum.getValue().asText())));
        return new CompactionInvariant(
                context.path(ROWS).asLong(), context.path(ROLLUP).asBoolean(), sums);
    }

    /** Returns what compaction has changed although it must not; empty if nothing. */
    Optional<String> difference(CompactionInvariant after) {
        if (rolledUp ? after.rows > rows : after.rows != rows) {
            return Optional.of("there were " + rows + " rows and there are " + after.rows);
        }
        if (sums.isEmpty() && after.rows != rows) {
            return Optional.of("there were " + rows + " rows and there are " + after.rows
                    + ", and no metric of type count or longSum proves that equal rows were rolled up");
        }
        return sums.entrySet().stream()
                .filter(sum -> after.sums.containsKey(sum.getKey())
                        && after.sums.get(sum.getKey()).compareTo(sum.getValue()) != 0)
                .map(sum -> "the sum of " + sum.getKey() + " was " + sum.getValue() + " and is "
                        + after.sums.get(sum.getKey()))
                .findFirst();
    }
}
