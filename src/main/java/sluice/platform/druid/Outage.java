package sluice.platform.druid;

import java.time.Instant;

/**
 * A cluster that does not answer.
 *
 * @param since when it was first found not to answer
 * @param until nobody asks it before this time
 * @param failures how often in a row a probe got no answer
 * @param reason what the first failed call said
 */
public record Outage(String cluster, Instant since, Instant until, long failures, String reason) {

    /** Returns the text for whoever wanted to ask the cluster. It is the same for as long as the outage lasts. */
    public String message() {
        return "not asked, because it has not answered since " + since + ": " + reason;
    }
}
