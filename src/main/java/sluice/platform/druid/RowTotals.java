package sluice.platform.druid;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Totals of the rows that a query sees.
 *
 * @param rows number of rows
 * @param sums sum of each requested column, by name; 0 if it has no values
 */
public record RowTotals(long rows, SortedMap<String, BigDecimal> sums) {

    public RowTotals {
        sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
    }
}
