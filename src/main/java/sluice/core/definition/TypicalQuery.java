package sluice.core.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of query that the datasource is for, as its user states it; advice about sizes and partitions follows it.
 *
 * @param interval how much time the query looks at (ISO-8601), or null where that is not said
 * @param granularity Druid's name of the granularity that it asks by, in upper case, or null where that is not said
 * @param filters columns that it filters by, the most selective first
 */
public record TypicalQuery(@Nullable String interval, @Nullable String granularity, List<String> filters) {

    public TypicalQuery {
        filters = List.copyOf(filters);
    }
}
