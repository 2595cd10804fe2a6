package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Said;

class HoldCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOLDS =
            """
            {"holds": [
              {"interval": "2026-01-01T00:00:00.000Z/2026-02-01T00:00:00.000Z", "reason": "audit", "author": "ann",
               "createdAt": "2026-03-01T00:00:00Z", "until": "2026-06-01T00:00:00Z"},
              {"interval": "2026-04-01T06:00:00.000Z/2026-05-01T00:00:00.000Z", "reason": "claim", "author": "bob",
               "createdAt": "2026-03-01T00:00:00Z"}]}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(FakeApi api, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", api.url()));
        return new Main(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of())
                .run(all);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void listsHoldsWithTheirReasons() {
        try (FakeApi api = new FakeApi(asked -> Said.json(200, HOLDS))) {
            // When
            int status = run(api, "hold", "list", "web logs");

            // Then
            assertThat(status).as(err()).isZero();
            assertThat(api.asked().get(0).path()).isEqualTo("/v1/datasources/web%20logs/holds");
            assertThat(out().lines())
                    .containsExactly(
                            "2026-01-01/2026-02-01 until 2026-06-01T00:00:00Z by ann: audit",
                            "2026-04-01T06:00:00.000Z/2026-05-01T00:00:00.000Z until it is ended by bob: claim");
        }
    }

    @Test
    void setsAHoldAndSaysWhoStillWrites() throws IOException {
        try (FakeApi api = new FakeApi(asked ->
                Said.json(200, HOLDS.replaceFirst("\\{", "{\"writing\": [\"main 2026-01-01/2026-01-02\"], ")))) {
            // When
            int status = run(
                    api,
                    "hold",
                    "set",
                    "clicks",
                    "--interval",
                    "2026-01-01/2026-02-01",
                    "--reason",
                    "audit",
                    "--until",
                    "2026-06-01T00:00:00Z");

            // Then
            assertThat(status).as(err()).isZero();
            assertThat(api.asked().get(0).method()).isEqualTo("PUT");
            assertThat(JSON.readTree(api.asked().get(0).body()))
                    .isEqualTo(
                            JSON.readTree(
                                    """
                            {"interval": "2026-01-01/2026-02-01", "reason": "audit", "until": "2026-06-01T00:00:00Z"}
                            """));
            assertThat(out()).contains("2026-01-01/2026-02-01 until 2026-06-01T00:00:00Z by ann: audit");
            assertThat(err()).contains("still being written: main 2026-01-01/2026-01-02");
        }
    }

    @Test
    void endsAHold() {
        try (FakeApi api = new FakeApi(asked -> Said.json(200, "{\"holds\": []}"))) {
            // When
            int status = run(api, "hold", "end", "clicks", "--interval", "2026-01-01/2026-02-01");

            // Then
            assertThat(status).as(err()).isZero();
            assertThat(api.asked().get(0).method()).isEqualTo("DELETE");
            assertThat(api.asked().get(0).path()).startsWith("/v1/datasources/clicks/holds");
            assertThat(out()).isEqualToNormalizingNewlines("clicks has no holds\n");
        }
    }

    @Test
    void aHoldThatIsNotThereIsAnError() {
        try (FakeApi api = new FakeApi(
                asked -> Said.json(
                        404,
                        "{\"title\": \"Not found\", \"status\": 404, \"detail\": \"'clicks' has no hold on exactly 2026-01-01/P1D\"}"))) {
            assertThat(run(api, "hold", "end", "clicks", "--interval", "2026-01-01/P1D"))
                    .isEqualTo(Main.FAILED);
            assertThat(err()).contains("has no hold on exactly");
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        try (FakeApi api = new FakeApi(asked -> Said.json(200, HOLDS))) {
            assertThat(run(api, "hold", "clicks")).isEqualTo(Main.FAILED);
            assertThat(run(api, "hold", "keep", "clicks")).isEqualTo(Main.FAILED);
            assertThat(err()).contains("expected: hold set|list|end DATASOURCE");
            assertThat(run(api, "hold", "set", "clicks", "--reason", "x")).isEqualTo(Main.FAILED);
            assertThat(err()).contains("--interval is missing");
            assertThat(run(api, "hold", "set", "clicks", "--interval", "2026-01-01/P1D"))
                    .isEqualTo(Main.FAILED);
            assertThat(err()).contains("--reason is missing");
            assertThat(api.asked()).isEmpty();
        }
    }
}
