package sluice.platform.druid;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a query sees of some rows.
 *
 * @param rows how many there are
 * @param sums sum of each column that was asked for, by name; 0 where there are no values
 */
public record RowTotals(long rows, SortedMap<String, BigDecimal> sums) {

    public RowTotals {
        sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
    }
}
