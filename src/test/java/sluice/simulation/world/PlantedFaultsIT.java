package sluice.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulated world sees: every planted fault is found. It prints the table of docs/reliability.md; which invariant sees a
 * fault, and after how many histories, depends on the seed.
 */
@EnabledIfSystemProperty(named = "planted", matches = ".+")
class PlantedFaultsIT {

    /** Histories within which a fault has to be found. */
    private static final int MOST = Integer.getInteger("histories.most", 2_000);

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

    /** All, or those that {@code -Dplanted=NAME,NAME} names. */
    static Stream<PlantedFault> planted() {
        List<String> names = List.of(System.getProperty("planted", "true").split(","));
        return Arrays.stream(PlantedFault.values())
                .filter(fault -> names.contains("true") || names.contains(fault.name()));
    }

    private record Found(Invariant invariant, int histories) {}

    private static Optional<Found> found(PlantedFault fault) {
        for (int number = 0; number < MOST; number++) {
            List<Violation> wrong = new History(FIRST + number, fault.plant()).run();
            if (!wrong.isEmpty()) {
                return Optional.of(new Found(wrong.get(0).invariant(), number + 1));
            }
        }
        return Optional.empty();
    }
}
