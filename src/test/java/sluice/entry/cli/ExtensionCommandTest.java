package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

/** Routers that list no types. {@link ExtensionCommandIT} asks Druid's own deserialiser. */
class ExtensionCommandTest {

    private final CapturedConsole console = new CapturedConsole();

    private int run(Map<String, String> environment, String... arguments) {
        return console.run("", environment, false, List.of(arguments));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\": \"no\"}", "<html>", ""})
    void aClusterThatListsNothingIsAnError(String answer) {
        try (FakeApi druid = new FakeApi(asked -> asked.path().equals("/status")
                ? Said.json(200, "{\"version\": \"33.0.0\", \"modules\": []}")
                : Said.json(404, answer))) {
            assertThat(run(Map.of(), "extension", "generate", "--router", druid.url()))
                    .isEqualTo(1);
        }
        assertThat(console.err()).contains("lists no types");
        assertThat(console.out()).isEmpty();
    }

    @Test
    void credentialsGoToTheClusterAndNotInPlainText() {
        // Given
        Map<String, String> environment = Map.of("SLUICE_DRUID_AUTHORIZATION", "Basic eDp5");

        // When
        int elsewhere = run(environment, "extension", "generate", "--router", "http://druid.example");
        List<Asked> asked;
        try (FakeApi druid = new FakeApi(call -> Said.json(401, "{}"))) {
            run(environment, "extension", "generate", "--router", druid.url());
            asked = druid.asked();
        }

        // Then
        assertThat(elsewhere).isEqualTo(1);
        assertThat(console.err()).contains("not encrypted", "HTTP 401 without Druid's version");
        assertThat(asked).singleElement().satisfies(call -> assertThat(call.headers())
                .containsEntry("authorization", "Basic eDp5"));
    }
}
