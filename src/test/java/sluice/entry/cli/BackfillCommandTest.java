package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

class BackfillCommandTest {

    private static final String PLAN =
            """
            {"datasource": "wiki", "clusters": ["main"], "chunks": 365, "load": 300, "runs": 300, "slots": 4, "mode": "replace",
             "replacedRows": 60000, "files": {"chunks": 100, "count": 2352, "bytes": 99123200, "withoutFiles": 2, "archived": 1},
             "blocked": {"onHold": 3, "leased": 1}, "estimate": "PT6H5M", "problems": ["cluster west: away"]}
            """;

    private final CapturedConsole console = new CapturedConsole();
    private final List<Asked> asked = new ArrayList<>();
    private final List<String> states = new ArrayList<>(List.of(backfill("Planned", 365, 0)));

    private int run(boolean isTerminal, String typed, String... arguments) {
        try (FakeApi api = new FakeApi(this::answer)) {
            return console.run(typed, Map.of("SLUICE_URL", api.url()), isTerminal, List.of(arguments));
        }
    }

    private Said answer(Asked call) {
        asked.add(call);
        if (call.path().endsWith("/plan")) {
            return Said.json(200, PLAN);
        }
        return Said.json(200, states.size() > 1 ? states.remove(0) : states.get(0));
    }

    private static String backfill(String state, int left, int failed) {
        String failures = failed == 0
                ? ""
                : "{\"interval\": \"2025-01-01/2025-01-02\", \"problem\": \"run r1 is Failed: it broke\"}";
        return """
                {"id": "b1", "datasource": "wiki", "state": "%s", "active": [], "failures": [%s],
                 "progress": {"total": 365, "done": %d, "running": 0, "failed": %d, "empty": 0, "skipped": 0, "left": %d,
                              "rows": 1200, "bytes": 48210, "estimate": "PT2H"}}
                """
                .formatted(state, failures, 365 - left - failed, failed, left);
    }

    @Test
    void thePlanComesFirstAndNothingStartsWithoutYes() {
        // When
        int status = run(false, "", "backfill", "wiki", "2025-01-01/2026-01-01");

        // Then
        assertThat(status).isEqualTo(Main.CHANGES);
        assertThat(paths()).containsExactly("/v1/backfills/plan");
        assertThat(out())
                .contains("300 of 365 time chunks")
                .contains("replaces 60,000 rows")
                .contains("2,352 files, 99.1 MB; 2 without files, 1 with archived files")
                .contains("3 chunks are on hold")
                .contains("1 chunks are being written")
                .contains("about 6 h 5 min")
                .contains("unknown: cluster west: away");
        assertThat(err()).contains("--yes");
    }

    @Test
    void whoAnswersYesStartsItOnce() {
        // When
        int status = run(
                true,
                "y\n",
                "backfill",
                "wiki",
                "2025-01-01/2026-01-01",
                "--parallel",
                "8",
                "--only-missing",
                "--oldest-first",
                "--chunks-per-run",
                "3",
                "--cluster",
                "main",
                "--reason",
                "history");

        // Then
        assertThat(status).as(err()).isZero();
        assertThat(paths()).containsExactly("/v1/backfills/plan", "/v1/backfills");
        assertThat(asked.get(1).body())
                .contains("\"parallel\":8")
                .contains("\"onlyMissing\":true")
                .contains("\"order\":\"oldest\"")
                .contains("\"chunksPerRun\":3")
                .contains("\"cluster\":\"main\"")
                .contains("\"reason\":\"history\"");
        assertThat(asked.get(1).headers()).containsKey("idempotency-key");
        assertThat(out()).contains("come back with: sluice backfill watch b1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"n\n", "\n", "", "yes please\n"})
    void whoAnswersAnythingElseStartsNothing(String typed) {
        // When
        int status = run(true, typed, "backfill", "wiki", "2025-01-01/2026-01-01");

        // Then
        assertThat(status).isEqualTo(Main.CHANGES);
        assertThat(paths()).containsExactly("/v1/backfills/plan");
    }

    @Test
    void whoWatchesSeesPlainLinesWithoutATerminalAndTheFailuresAtTheEnd() {
        // Given
        states.add(0, backfill("Running", 200, 0));
        states.set(1, backfill("DoneWithFailures", 0, 1));

        // When
        int status = run(false, "", "backfill", "wiki", "2025-01-01/2026-01-01", "--yes", "--watch");

        // Then
        assertThat(status).isEqualTo(Main.FAILED);
        assertThat(err())
                .contains("Running: 165 of 365 chunks, 0 running, 0 failed, 200 left, 1.7 a minute, about 2 h 0 min");
        assertThat(err()).doesNotContain("\u001B");
        assertThat(out())
                .contains("DoneWithFailures: 365 of 365 chunks")
                .contains("failed: 2025-01-01/2025-01-02: run r1 is Failed: it broke")
                .contains("sluice backfill retry-failed b1");
        assertThat(console.pauses()).containsExactly(Duration.ofSeconds(3));
    }

    @Test
    void aTerminalShowsABar() {
        // Given
        states.add(0, backfill("Running", 182, 0));
        states.set(1, backfill("Done", 0, 0));

        // When
        int status = run(true, "", "backfill", "watch", "b1");

        // Then
        assertThat(status).as(err()).isZero();
        assertThat(err()).contains("[############............] Running");
        assertThat(out()).contains("365 loaded with 1,200 rows, 48,210 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause", "resume", "stop", "retry-failed"})
    void aBackfillIsSteeredByItsId(String what) {
        // When
        int status = run(false, "", "backfill", what, "b1", "--reason", "tonight", "--format", "json");

        // Then
        assertThat(status).as(err()).isZero();
        assertThat(paths()).containsExactly("/v1/backfills/b1/" + what);
        assertThat(asked.get(0).body()).isEqualTo("{\"reason\":\"tonight\"}");
        assertThat(out()).contains("\"id\" : \"b1\"");
    }

    @Test
    void whatIsNoIntervalIsAMistake() {
        assertThat(run(false, "", "backfill", "wiki", "2025")).isEqualTo(Main.FAILED);
        assertThat(run(false, "", "backfill", "wiki")).isEqualTo(Main.FAILED);
        assertThat(err()).contains("'2025' is no interval").contains("expected: backfill DATASOURCE INTERVAL");
        assertThat(asked).isEmpty();
    }

    private List<String> paths() {
        return asked.stream().map(Asked::path).toList();
    }

    private String out() {
        return console.out();
    }

    private String err() {
        return console.err();
    }
}
