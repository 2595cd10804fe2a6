package sluice.core.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sluice.core.definition.SegmentGranularity;

/**
 * Measurements, for the parts of a definition that say {@code auto}. All of them are optional. They are stored with the
 * run as JSON, so that generating again gives the same bytes: {@code {rollupRatios: {MINUTE: 0.7, HOUR: 0.3}, history:
 * {inputBytes, rowsRead, rowsStored, segmentBytes, queryGranularity}}}.
 *
 * @param rollupRatios rows stored per row read (0 to 1; 1 = nothing combined) by queryGranularity, as counted by
 *     Druid's sampler; a small sample combines less than all the data, so these are upper bounds
 * @param history the results of earlier runs of the datasource; null if there are none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SpecHints(Map<String, Double> rollupRatios, @Nullable History history) {

    public static final SpecHints NONE = new SpecHints(Map.of(), null);

    public SpecHints {
        Map<String, Double> ratios = new TreeMap<>();
        (rollupRatios == null ? Map.<String, Double>of() : rollupRatios)
                .forEach((granularity, ratio) -> ratios.put(granularity.toUpperCase(Locale.ROOT), ratio));
        ratios.forEach(SpecHints::check);
        rollupRatios = Map.copyOf(ratios);
    }

    private static void check(String granularity, double ratio) {
        boolean known = granularity.equals("NONE")
                || SegmentGranularity.ofName(granularity).isPresent();
        if (!known) {
            throw new IllegalArgumentException("rollupRatios: '" + granularity + "' is not a queryGranularity");
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException(
                    "rollupRatios." + granularity + ": " + ratio + " is not between 0 and 1");
        }
    }

    /**
     * The results of earlier runs of the datasource, summed up.
     *
     * @param inputBytes size of the loaded objects, as stored
     * @param rowsRead rows that Druid processed
     * @param rowsStored rows in the segments, after rollup
     * @param segmentBytes size of the segments
     * @param queryGranularity Druid's name of the granularity that all of them were rolled up to; null if there is no
     *     such granularity, so that they tell nothing about rollup
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record History(
            long inputBytes, long rowsRead, long rowsStored, long segmentBytes, @Nullable String queryGranularity) {

        public History {
            if (inputBytes <= 0 || rowsRead <= 0 || rowsStored <= 0 || segmentBytes <= 0) {
                throw new IllegalArgumentException("History counts what was loaded: inputBytes " + inputBytes
                        + ", rowsRead " + rowsRead + ", rowsStored " + rowsStored + ", segmentBytes " + segmentBytes);
            }
        }

        /** Runs that were rolled up to different or unknown granularities. */
        public History(long inputBytes, long rowsRead, long rowsStored, long segmentBytes) {
            this(inputBytes, rowsRead, rowsStored, segmentBytes, null);
        }
    }
}
