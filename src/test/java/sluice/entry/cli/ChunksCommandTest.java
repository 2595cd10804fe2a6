package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.entry.cli.api.FakeApi;
import sluice.entry.cli.api.FakeApi.Asked;
import sluice.entry.cli.api.FakeApi.Said;

class ChunksCommandTest {

    private static final String FIRST =
            """
            {"chunks": [{"interval": "2026-01-01T00:00:00.000Z/2026-01-02T00:00:00.000Z", "state": "Available", "rows": 1200,
                         "files": 24, "run": "r1", "onHold": true}],
             "next": "2026-01-02T00:00:00Z"}
            """;
    private static final String SECOND =
            """
            {"chunks": [{"interval": "2026-01-02T00:00:00.000Z/2026-01-03T00:00:00.000Z", "state": "Missing"}],
             "problem": "not asked"}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<Asked> asked = new ArrayList<>();

    private int run(String... arguments) {
        try (FakeApi api = new FakeApi(call -> {
            asked.add(call);
            return Said.json(200, call.query().contains("next=") ? SECOND : FIRST);
        })) {
            return new Main(new Console(
                            new ByteArrayInputStream(new byte[0]),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            Map.of("SLUICE_URL", api.url()),
                            false))
                    .run(List.of(arguments));
        }
    }

    @Test
    void allPagesAreListedAndCounted() {
        // When
        int status = run("chunks", "wiki", "2026-01-01/2026-01-03", "--cluster", "main");

        // Then
        assertThat(status).as(err.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(asked).hasSize(2).allSatisfy(call -> assertThat(call.path())
                .isEqualTo("/v1/datasources/wiki/chunks"));
        assertThat(asked.get(0).query()).contains("cluster=main").contains("limit=2000");
        assertThat(lines()).hasSize(3);
        assertThat(lines().get(0)).contains("2026-01-01", "Available", "1200 rows", "24 files", "r1  on hold");
        assertThat(lines().get(1)).contains("2026-01-02", "Missing", "? rows");
        assertThat(lines().get(2)).isEqualTo("{Available=1, Missing=1}");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("rows are unknown: not asked");
    }

    @Test
    void oneStateIsWantedAndJsonHasAChunkALine() {
        // When
        int status = run("chunks", "wiki", "2026-01-01/2026-01-03", "--state", "missing", "--format", "json");

        // Then
        assertThat(status).isZero();
        assertThat(lines()).singleElement().asString().startsWith("{\"interval\":\"2026-01-02");
    }

    @Test
    void anIntervalIsNeeded() {
        assertThat(run("chunks", "wiki")).isEqualTo(Main.FAILED);
        assertThat(asked).isEmpty();
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
