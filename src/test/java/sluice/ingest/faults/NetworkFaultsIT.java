package sluice.ingest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.sandbox.fault.NetworkFault;
import sluice.sandbox.fault.Pair;

/**
 * Every row is served once, whatever happens between the functions and what they call. {@code ./mvnw verify} tries a few
 * faults, {@code ./mvnw verify -Pfaults} all of them on all pairs; {@code -Dfaults.pairs=TABLE,S3} and
 * {@code -Dfaults.kinds=HANG} choose.
 */
@ExtendWith(SandboxExtension.class)
@Isolated("injects faults")
class NetworkFaultsIT {

    private static final boolean ALL = Boolean.getBoolean("faults.all");
    private static final int FILES = Integer.getInteger("faults.files", ALL ? 200 : 40);
    private static final List<FaultResult> RESULTS = new ArrayList<>();

    static Stream<Arguments> faults() {
        return ALL
                ? chosen("faults.pairs", Pair.values()).flatMap(pair -> chosen("faults.kinds", NetworkFault.values())
                        .filter(pair::has)
                        .map(fault -> Arguments.of(fault, pair)))
                : Stream.of(
                        Arguments.of(NetworkFault.LOST_ANSWER, Pair.OVERLORD),
                        Arguments.of(NetworkFault.HTML_200, Pair.BROKER),
                        Arguments.of(NetworkFault.HANG, Pair.TABLE),
                        Arguments.of(NetworkFault.TRUNCATED, Pair.S3));
    }

    private static <E extends Enum<E>> Stream<E> chosen(String property, E[] all) {
        List<String> names = List.of(
                System.getProperty(property, "").toUpperCase(Locale.ROOT).split(","));
        return Arrays.stream(all).filter(one -> names.contains("") || names.contains(one.name()));
    }

    @ParameterizedTest(name = "{0} on the way to {1}")
    @MethodSource("faults")
    void everyRowIsServedOnceAfterwards(NetworkFault fault, Pair pair, Sandbox sandbox) {
        // Given
        FaultLoad load = new FaultLoad(
                sandbox,
                "fault_" + fault.name().toLowerCase(Locale.ROOT) + "_"
                        + pair.label().toLowerCase(Locale.ROOT),
                FILES);
        load.define();

        // When
        FaultResult result = load.load(pair, fault);

        // Then
        RESULTS.add(result);
        System.out.println(result.row());
        assertThat(result.hits()).as("requests that met the fault").isPositive();
        assertThat(result.isRight()).as("%s", result).isTrue();
    }

    @AfterAll
    static void printTable() throws IOException {
        List<String> lines = new ArrayList<>(List.of(FaultResult.header()));
        RESULTS.forEach(result -> lines.add(result.row()));
        Files.write(Path.of("target", "faults.md"), lines);
        System.out.println(String.join("\n", lines));
    }
}
