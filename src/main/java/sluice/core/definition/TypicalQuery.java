package sluice.core.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of query that the datasource serves, as stated by its user. Advice on segment sizes and partitions is based on
 * it.
 *
 * @param interval the time range of the query (ISO-8601 period); null if not stated
 * @param granularity Druid's name of the query's granularity, in upper case; null if not stated
 * @param filters the columns that it filters by, the most selective first
 */
public record TypicalQuery(@Nullable String interval, @Nullable String granularity, List<String> filters) {

    public TypicalQuery {
        filters = List.copyOf(filters);
    }
}
