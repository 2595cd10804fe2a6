package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulated world sees: planted faults are found. It prints the table of docs/reliability.md; which invariant sees a fault, and
 * after how many histories, depends on the seed.
 */
class PlantedFaultsIT {

    /** Histories within which a fault has to be found. */
    private static final int MOST = Integer.getInteger("histories.most", 2_000);

    private static final int AT_ONCE = 16;

    private static final long FIRST = Long.getLong("seed", 1);

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

    /** All of them, or those that {@code -Dplanted=NAME,NAME} names. */
    static Stream<PlantedFault> planted() {
        Set<String> names = Set.of(System.getProperty("planted", "").split(","));
        return Arrays.stream(PlantedFault.values()).filter(fault -> names.contains("") || names.contains(fault.name()));
    }

    private record Found(Invariant invariant, int histories) {}

    /** Tries a few histories at a time, since the first one that finds the fault counts. */
    private static Optional<Found> found(PlantedFault fault) {
        return Stream.iterate(0, number -> number < MOST, number -> number + AT_ONCE)
                .flatMap(first -> IntStream.range(first, first + AT_ONCE)
                        .parallel()
                        .mapToObj(number -> found(fault, number))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .stream())
                .findFirst();
    }

    private static Optional<Found> found(PlantedFault fault, int number) {
        List<Violation> wrong = new History(FIRST + number, fault.plant()).run();
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of(new Found(wrong.get(0).invariant(), number + 1));
    }
}
