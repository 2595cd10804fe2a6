package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sluice.core.definition.SegmentGranularity;

/** Druid's named granularities, by length. */
final class Granularities {

    private static final List<String> FINEST_FIRST = Stream.of(
                    Stream.of("NONE"),
                    Arrays.stream(SegmentGranularity.values()).map(Enum::name),
                    Stream.of("ALL"))
            .flatMap(names -> names)
            .toList();

    private Granularities() {}

    /** Whether the one is known to be coarser than the other; of granularities without a name nobody says. */
    static boolean isCoarser(JsonNode one, JsonNode other) {
        int left = FINEST_FIRST.indexOf(one.asText());
        int right = FINEST_FIRST.indexOf(other.asText());
        return left >= 0 && right >= 0 && left > right;
    }
}
