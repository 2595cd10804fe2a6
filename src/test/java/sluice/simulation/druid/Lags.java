package sluice.simulation.druid;

import java.time.Duration;

/**
 * How far Druid's views are behind the metadata store.
 *
 * @param published until brokers know that a segment is published, or unused
 * @param served until data servers have loaded a segment, or dropped it
 * @param counted until brokers know the rows of a segment that is served; {@code num_rows} is 0 before
 * @param tasks until {@code sys.tasks} shows that a task has ended. It shows a task from its submission on: a broker asks the
 *     overlord at each query, who stores a task before it accepts it ({@code org.apache.druid.sql.calcite.schema.SystemSchema})
 */
public record Lags(Duration published, Duration served, Duration counted, Duration tasks) {

    /** All views show at once what the metadata store has. */
    public static final Lags NONE = new Lags(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** The same with another time until data servers have loaded or dropped a segment. */
    public Lags served(Duration lag) {
        return new Lags(published, lag, counted, tasks);
    }

    /** The same with another time until brokers know that a segment is published or unused. */
    public Lags published(Duration lag) {
        return new Lags(lag, served, counted, tasks);
    }
}
