package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Said;

class RestoreCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREVIEW =
            """
            {"cluster": "main", "fingerprint": "f1", "segments": 3, "markedUnused": 1, "versions": [
              {"interval": "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z", "version": "2026-01-01T05:00:00.000Z",
               "segments": 2, "bytes": 1500000, "rows": 1200, "since": "2026-02-01T00:00:00.123Z",
               "replaces": [{"interval": "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z",
                             "version": "2026-01-03T00:00:00.000Z", "segments": 1, "rows": 900, "bytes": 800}],
               "hides": []},
              {"interval": "2026-01-02T00:00:00.000Z/2026-01-03T00:00:00.000Z", "version": "2026-01-02T05:00:00.000Z",
               "segments": 1, "bytes": 512, "replaces": [],
               "hides": [{"interval": "2026-01-02T00:00:00.000Z/2026-01-03T00:00:00.000Z",
                          "version": "2026-01-01T00:00:00.000Z", "segments": 4, "rows": 70, "bytes": 900}]}]}
            """;
    private static final String STARTED =
            """
            {"id": "r1", "datasource": "clicks", "phase": "MARKING", "segments": 3, "markedUnused": 1, "rows": 0,
             "href": "/v1/datasources/clicks/restores/r1"}
            """;
    private static final String DONE =
            """
            {"id": "r1", "datasource": "clicks", "phase": "DONE", "segments": 3, "markedUnused": 1, "rows": 1270,
             "href": "/v1/datasources/clicks/restores/r1"}
            """;

    private final CapturedConsole console = new CapturedConsole();

    private int run(FakeApi api, String typed, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--url", api.url()));
        return console.run(typed, Map.of(), false, all);
    }

    private static FakeApi api(String end) {
        return new FakeApi(asked -> asked.method().equals("GET")
                ? Said.json(200, end)
                : asked.body().contains("fingerprint") ? Said.json(202, STARTED) : Said.json(200, PREVIEW));
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }

    @Test
    void showsWhatComesBackAndWhatItWouldHide() {
        try (FakeApi api = api(DONE)) {
            // When
            int status = run(api, "", "restore", "clicks", "--interval", "2026-01-01/2026-01-03", "--dry-run");

            // Then
            assertThat(status).as(err()).isZero();
            assertThat(api.asked()).hasSize(1);
            assertThat(api.asked().get(0).body()).isEqualTo("{\"interval\":\"2026-01-01/2026-01-03\"}");
            assertThat(out().lines().map(line -> line.replaceAll(" +", " ").strip()))
                    .containsExactly(
                            "cluster main: 3 segments would be marked used, 1 unused",
                            "INTERVAL VERSION SEGMENTS ROWS BYTES UNUSED SINCE",
                            "2026-01-01/2026-01-02 2026-01-01T05:00:00.000Z 2 1200 1.5 MB 2026-02-01T00:00:00Z",
                            "replaces 2026-01-03T00:00:00.000Z: 1 segments, 900 rows, 800 bytes",
                            "2026-01-02/2026-01-03 2026-01-02T05:00:00.000Z 1 ? 512 bytes ?",
                            "hides 2026-01-01T00:00:00.000Z: 4 segments, 70 rows, 900 bytes");
        }
    }

    @Test
    void restoresExactlyWhatItHasShownOnceSomebodyAgrees() throws IOException {
        try (FakeApi api = api(DONE)) {
            // When
            int status = run(
                    api,
                    "y\n",
                    "restore",
                    "clicks",
                    "--as-of",
                    "2026-01-20T00:00:00Z",
                    "--reason",
                    "bad files",
                    "--cluster",
                    "main");

            // Then
            assertThat(status).as(err()).isZero();
            assertThat(err()).contains("Restore it? [y/N]");
            assertThat(JSON.readTree(api.asked().get(1).body()))
                    .isEqualTo(
                            JSON.readTree(
                                    """
                            {"asOf": "2026-01-20T00:00:00Z", "cluster": "main", "fingerprint": "f1", "reason": "bad files"}
                            """));
            assertThat(out()).contains("restore r1 is MARKING, see /v1/datasources/clicks/restores/r1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "n\n", "yesterday\n"})
    void restoresNothingUnlessSomebodyAgrees(String typed) {
        try (FakeApi api = api(DONE)) {
            // When
            int status = run(api, typed, "restore", "clicks", "--run", "abc", "--reason", "x");

            // Then
            assertThat(status).isEqualTo(Main.FAILED);
            assertThat(api.asked()).hasSize(1);
            assertThat(err()).contains("nothing was restored");
        }
    }

    @Test
    void doesNotAskWithYesAndWaitsForTheEnd() {
        try (FakeApi api = api(DONE)) {
            // When
            int status = run(api, "", "restore", "clicks", "--run", "abc", "--reason", "x", "--yes", "--wait");

            // Then
            assertThat(status).as(err()).isZero();
            assertThat(err()).doesNotContain("[y/N]");
            assertThat(api.asked().get(2).path()).isEqualTo("/v1/datasources/clicks/restores/r1");
            assertThat(out()).contains("done: a query counts 1270 rows");
        }
    }

    @Test
    void failsWhereTheRestoreHasAProblem() {
        try (FakeApi api = api(DONE.replace("\"rows\"", "\"problems\": [\"it is held\"], \"rows\""))) {
            // When
            int status = run(api, "", "restore", "clicks", "--run", "abc", "--reason", "x", "--yes", "--wait");

            // Then
            assertThat(status).isEqualTo(Main.FAILED);
            assertThat(out()).contains("failed: it is held").doesNotContain("done: a query");
        }
    }

    @Test
    void stopsWaitingAfterTheTimeout() {
        try (FakeApi api = api(STARTED)) {
            // When
            int status = run(
                    api,
                    "",
                    "restore",
                    "clicks",
                    "--run",
                    "abc",
                    "--reason",
                    "x",
                    "--yes",
                    "--wait",
                    "--timeout",
                    "PT0S");

            // Then
            assertThat(status).isEqualTo(Main.FAILED);
            assertThat(err()).contains("not finished within PT0S");
        }
    }

    @Test
    void printsOneDocumentAsJson() throws IOException {
        try (FakeApi api = api(DONE)) {
            // When
            int status = run(api, "", "restore", "clicks", "--run", "abc", "--dry-run", "--format", "json");

            // Then
            assertThat(status).isZero();
            assertThat(JSON.readTree(out())).isEqualTo(JSON.readTree(PREVIEW));
        }
        console.clear();
        try (FakeApi api = api(DONE)) {
            // When
            run(api, "", "restore", "clicks", "--run", "abc", "--reason", "x", "--yes", "--format", "json");

            // Then
            assertThat(JSON.readTree(out())).isEqualTo(JSON.readTree(STARTED));
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        try (FakeApi api = api(DONE)) {
            assertThat(run(api, "", "restore", "clicks", "--reason", "x")).isEqualTo(Main.FAILED);
            assertThat(err()).contains("--interval, --as-of or --run is missing");
            assertThat(run(api, "", "restore", "clicks", "--run", "a")).isEqualTo(Main.FAILED);
            assertThat(err()).contains("--reason is missing");
            assertThat(run(api, "", "restore", "clicks", "--run", "a", "--reason", "x", "--format", "json"))
                    .isEqualTo(Main.FAILED);
            assertThat(err()).contains("--format json needs --yes or --dry-run");
            assertThat(api.asked()).isEmpty();
        }
    }
}
