package sluice.nativeimage;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What each further executable costs a function more than the executable that is shipped.
 *
 * @param shipped  kind of the contenders that run the shipped executable
 * @param launches of each contender
 */
record Comparison(String shipped, Map<Contender, Launches> launches) {

    /** A row for each function of each further executable; nothing if there is none. */
    String markdown() {
        Map<String, Launches> ofShipped = new LinkedHashMap<>();
        launches.forEach((contender, figures) -> {
            if (contender.kind().equals(shipped)) {
                ofShipped.put(contender.name(), figures);
            }
        });
        StringBuilder rows = new StringBuilder();
        launches.forEach((contender, figures) -> {
            Launches base = ofShipped.get(contender.name());
            if (base != null && base != figures && contender.isExecutable()) {
                rows.append("| %s | %+.1f ms | %+.1f ms | %+.1f ms | %+.0f | %+.1f MB |%n"
                        .formatted(
                                contender.label(),
                                figures.responseMillis() - base.responseMillis(),
                                figures.processorMillis() - base.processorMillis(),
                                figures.leastProcessorMillis() - base.leastProcessorMillis(),
                                figures.pageFaults() - base.pageFaults(),
                                figures.peakMegabytes() - base.peakMegabytes()));
            }
        });
        return rows.isEmpty()
                ? ""
                : """

                Against the shipped executable:

                | function | first response | processor time | least processor time | page faults | peak memory |
                |---|--:|--:|--:|--:|--:|
                """
                        + rows;
    }
}
