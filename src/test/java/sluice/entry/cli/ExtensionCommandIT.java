package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.contract.Oracle;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

/** A router that answers with what Druid's own deserialiser says about each document. */
class ExtensionCommandIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CapturedConsole console = new CapturedConsole();

    @TempDir
    Path folder;

    private int run(Map<String, String> environment, String... arguments) {
        return console.run("", environment, false, List.of(arguments));
    }

    private static FakeApi druid(String version, UnaryOperator<String> change) {
        return new FakeApi(asked -> {
            if (asked.path().equals("/status")) {
                return Said.json(
                        200,
                        "{\"version\": \"" + version + ".0.0\", \"modules\":"
                                + " [{\"artifact\": \"our-extension\", \"version\": \"1.2\"}]}");
            }
            return Said.json(400, change.apply(refusal(Oracle.of(version), asked)));
        });
    }

    private static String refusal(Oracle oracle, Asked asked) {
        String kind = asked.path().contains("/rules/") ? "rules" : asked.path().replaceAll(".*/", "");
        try {
            return JSON.createObjectNode()
                    .put("error", oracle.error(kind.equals("sampler") ? "task" : kind, asked.body()))
                    .toString();
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    /** Of Druid without own extensions, nothing has to be declared, and every kind is listed. */
    @ParameterizedTest
    @ValueSource(strings = {"33", "37"})
    void whatTheContractKnowsIsNotDeclared(String version) throws IOException {
        // Given
        int status;
        List<String> bodies;

        // When
        try (FakeApi druid = druid(version, UnaryOperator.identity())) {
            status = run(Map.of(), "extension", "generate", "--router", druid.url());
            bodies = druid.asked().stream().map(Asked::body).toList();
        }

        // Then
        assertThat(status).as(console.err()).isZero();
        assertThat(console.out())
                .contains(
                        "Druid " + version + ".0.0",
                        "our-extension 1.2",
                        "does not list: dimension, dimensionSpec, partitionsSpec, splitHintSpec\n")
                .endsWith("\n{}\n");
        assertThat(bodies).hasSize(11);
    }

    @Test
    void whatTheContractDoesNotKnowIsDeclared() throws IOException {
        // Given
        Path file = folder.resolve("types.yaml");
        Path spec = Files.writeString(
                folder.resolve("spec.json"),
                Files.readString(Path.of("src/test/resources/contract/index-parallel.json"))
                        .replaceFirst(
                                "\"transforms\": \\[",
                                "\"transforms\": [{\"type\": \"our: time\", \"name\": \"x\", \"f\": 1}, "));

        // When
        int status;
        try (FakeApi druid = druid(
                "33",
                refusal -> refusal.replace(
                        "known type ids = [expression]",
                        "known type ids = [expression, our: time, currentTimestamp]"))) {
            status = run(Map.of(), "extension", "generate", "--router", druid.url(), "--out", file.toString());
        }

        // Then
        assertThat(status).isZero();
        assertThat(Files.readString(file)).endsWith("\ntransform: [currentTimestamp, \"our: time\"]\n");
        assertThat(run(Map.of(), "lint", spec.toString())).isEqualTo(1);
        assertThat(run(Map.of(), "lint", "--extension", file.toString(), spec.toString()))
                .as(console.out())
                .isZero();
    }
}
