package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulated world sees: planted faults are found. It prints the table of docs/reliability.md; which invariant sees a fault, and
 * after how many histories, depends on the seed. {@code -Dplanted=true} tries all faults, also those that take long to find.
 */
class PlantedFaultsIT {

    /** Histories within which a fault has to be found. */
    private static final int MOST = Integer.getInteger("histories.most", 2_000);

    private static final long FIRST = Long.getLong("seed", 1);

    /** Found after hundreds of histories: they need calls that rarely come in between. */
    private static final Set<PlantedFault> RARE = EnumSet.of(
            PlantedFault.RUN_NOT_COMPARED,
            PlantedFault.TRANSACTION_IN_PARTS,
            PlantedFault.MARK_AFTER_THE_POST,
            PlantedFault.SNAPSHOT_OVERWRITTEN,
            PlantedFault.POSTED_RUN_SUPERSEDED,
            PlantedFault.POSTED_RUN_CANCELLED,
            PlantedFault.ETAG_NOT_COMPARED,
            PlantedFault.LISTING_CUT,
            PlantedFault.STALE_READ);

    @ParameterizedTest
    @MethodSource("planted")
    void everyPlantedFaultIsFound(PlantedFault fault) {
        // When
        Optional<Found> found = found(fault);

        // Then
        assertThat(found).as(fault.text()).isPresent();
        System.out.println("| " + fault.text() + " | " + found.get().invariant().text() + " | "
                + found.get().histories() + " |");
    }

    /** Those that are found soon; {@code -Dplanted=true} means all, and {@code -Dplanted=NAME,NAME} those. */
    static Stream<PlantedFault> planted() {
        List<String> names = List.of(System.getProperty("planted", "").split(","));
        return Arrays.stream(PlantedFault.values())
                .filter(fault -> names.equals(List.of(""))
                        ? !RARE.contains(fault)
                        : names.contains("true") || names.contains(fault.name()));
    }

    private record Found(Invariant invariant, int histories) {}

    private static Optional<Found> found(PlantedFault fault) {
        return IntStream.range(0, MOST)
                .parallel()
                .mapToObj(number -> found(fault, number))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Found> found(PlantedFault fault, int number) {
        List<Violation> wrong = new History(FIRST + number, fault.plant()).run();
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(wrong.get(0).invariant(), number + 1));
    }
}
