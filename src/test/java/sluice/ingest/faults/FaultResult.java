package sluice.ingest.faults;

import java.time.Duration;
import java.util.List;
import sluice.sandbox.fault.NetworkFault;
import sluice.sandbox.fault.Pair;

/**
 * What became of the files of one load.
 *
 * @param hits        requests that met the fault
 * @param deadLetters messages that came to a dead-letter queue, and were moved back after the fault
 * @param lost        files without a served row, although nothing works on them any more
 * @param doubled     rows that are served and should not be
 * @param open        what still waited or worked when patience was over
 * @param unserved    files without a served row while something is still open
 * @param recovery    from the end of the fault until everything was served and nothing open
 * @param story       the events of both datasources, for the message of a failed test
 */
record FaultResult(
        NetworkFault fault,
        Pair pair,
        int hits,
        int deadLetters,
        long lost,
        long doubled,
        List<String> open,
        long unserved,
        Duration recovery,
        List<String> story) {

    boolean isRight() {
        return lost == 0 && doubled == 0 && open.isEmpty();
    }

    static String header() {
        return "| fault | functions and | requests hit | dead letters | lost | doubled | stuck | recovered after |\n"
                + "|---|---|--:|--:|--:|--:|--:|--:|";
    }

    String row() {
        return "| %s | %s | %d | %d | %d | %d | %d | %.1f s |"
                .formatted(
                        fault.label(),
                        pair.label(),
                        hits,
                        deadLetters,
                        lost,
                        doubled,
                        open.size(),
                        recovery.toMillis() / 1_000.0);
    }
}
