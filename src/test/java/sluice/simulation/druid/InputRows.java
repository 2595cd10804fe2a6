package sluice.simulation.druid;

import java.time.Instant;
import java.util.List;

/**
 * What a task finds in an input object.
 *
 * @param rows rows that can be read, by time
 * @param unparseable how many rows cannot be read
 */
public record InputRows(List<Rows> rows, long unparseable) {

    public InputRows {
        rows = List.copyOf(rows);
    }

    /** An object with readable rows of one time. */
    public static InputRows at(Instant time, long count) {
        return new InputRows(List.of(new Rows(time, count)), 0);
    }
}
