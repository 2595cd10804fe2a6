package sluice.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Druid's named granularities, by length. */
final class Granularities {

    private static final List<String> FINEST_FIRST = List.of(
            "NONE",
            "SECOND",
            "MINUTE",
            "FIVE_MINUTE",
            "TEN_MINUTE",
            "FIFTEEN_MINUTE",
            "THIRTY_MINUTE",
            "HOUR",
            "SIX_HOUR",
            "EIGHT_HOUR",
            "DAY",
            "WEEK",
            "MONTH",
            "QUARTER",
            "YEAR",
            "ALL");

    private Granularities() {}

    /** Whether the one is known to be coarser than the other; of granularities without a name nobody says. */
    static boolean isCoarser(JsonNode one, JsonNode other) {
        int left = FINEST_FIRST.indexOf(one.asText());
        int right = FINEST_FIRST.indexOf(other.asText());
        return left >= 0 && right >= 0 && left > right;
    }
}
