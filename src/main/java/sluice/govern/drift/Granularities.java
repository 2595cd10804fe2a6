package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sluice.core.definition.SegmentGranularity;

/** Compares Druid's named granularities by length. */
final class Granularities {

    private static final List<String> FINEST_FIRST = Stream.of(
                    Stream.of("NONE"),
                    Arrays.stream(SegmentGranularity.values()).map(Enum::name),
                    Stream.of("ALL"))
            .flatMap(names -> names)
            .toList();

    private Granularities() {}

    /** Returns true if the one is known to be coarser. Granularities without a name cannot be compared. */
    static boolean isCoarser(JsonNode one, JsonNode other) {
        int left = FINEST_FIRST.indexOf(one.asText());
        int right = FINEST_FIRST.indexOf(other.asText());
        return left >= 0 && right >= 0 && left > right;
    }
}
