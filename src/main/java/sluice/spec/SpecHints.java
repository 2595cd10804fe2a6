package sluice.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured, for the parts of a definition that say {@code auto}. All of it is optional. Stored with the run as
 * JSON, so that generating again gives the same bytes.
 *
 * @param rollupRatios rows stored per row read (0 to 1, 1 = nothing combined) by queryGranularity, as Druid's sampler
 *     counted them; empty where no sample was taken
 * @param history what earlier runs of the datasource produced, or null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SpecHints(Map<String, Double> rollupRatios, History history) {

    public static final SpecHints NONE = new SpecHints(Map.of(), null);

    public SpecHints {
        rollupRatios = rollupRatios == null ? Map.of() : Map.copyOf(new TreeMap<>(rollupRatios));
        for (Map.Entry<String, Double> ratio : rollupRatios.entrySet()) {
            if (!(ratio.getValue() >= 0 && ratio.getValue() <= 1)) {
                throw new IllegalArgumentException("rollupRatios." + ratio.getKey() + ": " + ratio.getValue()
                        + " is not a share of rows between 0 and 1");
            }
        }
    }

    /**
     * What earlier runs of the datasource produced, summed over them.
     *
     * @param inputBytes size of the objects loaded, as stored
     * @param rowsRead rows that Druid processed
     * @param rowsStored rows in the segments, after rollup
     * @param segmentBytes size of the segments
     */
    public record History(long inputBytes, long rowsRead, long rowsStored, long segmentBytes) {

        public History {
            if (inputBytes <= 0 || rowsRead <= 0 || rowsStored <= 0 || segmentBytes <= 0) {
                throw new IllegalArgumentException("History counts what was loaded: inputBytes " + inputBytes
                        + ", rowsRead " + rowsRead + ", rowsStored " + rowsStored + ", segmentBytes " + segmentBytes);
            }
        }
    }
}
