package sluice.entry.gate;

import java.time.DateTimeException;
import java.time.Instant;
import sluice.core.batch.TimeChunk;
import sluice.platform.druid.DruidTime;

/** Reads times and intervals of requests. */
final class RequestTimes {

    private RequestTimes() {}

    /** @throws ProblemException with status 400 if the text is no interval */
    static TimeChunk interval(String text) {
        try {
            return DruidTime.interval(text);
        } catch (DateTimeException | IllegalArgumentException exception) {
            throw ProblemException.badRequest(
                    "'" + text + "' is not an interval such as 2026-01-01/2026-02-01; a time may follow the date");
        }
    }

    /** @throws ProblemException with status 400 if the text is no time */
    static Instant time(String name, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException exception) {
            throw ProblemException.badRequest(
                    "'" + name + "' is '" + text + "', not a time such as 2026-01-31T12:00:00Z");
        }
    }
}
