package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.AlsoOnDruid37;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** Files become rows. */
@ExtendWith(SandboxExtension.class)
class LoadIT {

    private static final Pattern TRACE = Pattern.compile("\"traceId\":\"[^\"]+\"");

    @Test
    @AlsoOnDruid37
    void filesOfSeveralDaysAndFormatsBecomeRows(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_formats").define(new DefinitionText("load_formats"));

        // When
        ingestion
                .upload("dt=2026-01-01/a.json.gz", Rows.gzip(Rows.json("2026-01-01", 100)))
                .upload("dt=2026-01-02/a.csv", Rows.csv("2026-01-02", 50))
                .upload("dt=2026-01-03/a.json", Rows.json("2026-01-03", 25));

        // Then
        ingestion.await("sluice.run.available", 3);
        assertThat(ingestion.rows()).isEqualTo(175);
        assertThat(ingestion.tasks()).isEqualTo(3);
        assertThat(ingestion.runs()).hasSize(3).allSatisfy(run -> {
            assertThat(run.at("/state/state").asText()).isEqualTo("Available");
            assertThat(run.path("outbox")).isEmpty();
            assertThat(run.path("dueAt").isMissingNode()).isTrue();
        });
        assertThat(ingestion
                        .ledger("dt=2026-01-02/a.csv")
                        .orElseThrow()
                        .get("rowsRead")
                        .n())
                .isEqualTo("50");
    }

    @Test
    void theWholeStoryOfARunIsInTheLogsUnderItsId(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_logged").define(new DefinitionText("load_logged"));

        // When
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));

        // Then
        String runId = ingestion.awaitAvailable().path("runId").asText();
        assertThat(List.of("generate", "submit", "poll"))
                .allSatisfy(function ->
                        assertThat(story(sandbox, function, runId)).as(function).isNotEmpty());
        assertThat(traces(story(sandbox, "submit", runId)))
                .as("the trace in which the run was planned")
                .isNotEmpty()
                .isSubsetOf(traces(story(sandbox, "generate", runId)));
    }

    @Test
    @AlsoOnDruid37
    void twoFilesOfOneDayAtOnceAreBothThereOnce(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_two").define(new DefinitionText("load_two"));

        // When
        ingestion
                .upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 40))
                .upload("dt=2026-01-01/b.json", Rows.json("2026-01-01", 60));

        // Then
        await().atMost(Ingestion.PATIENCE)
                .untilAsserted(() -> assertThat(ingestion.rows()).isEqualTo(100));
        await().atMost(Ingestion.PATIENCE).untilAsserted(() -> assertThat(ingestion.runs())
                .extracting(run -> run.at("/state/state").asText())
                .isSubsetOf("Available", "Superseded")
                .contains("Available"));
    }

    @Test
    @AlsoOnDruid37
    void anHourThatComesLaterLeavesTheOtherHoursOfItsDayInPlace(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_hours")
                .define(new DefinitionText("load_hours").timeChunk("'dt='yyyy-MM-dd'/hr='HH"));
        ingestion.upload("dt=2026-01-01/hr=00/a.json", Rows.json("2026-01-01", 0, 30));
        ingestion.awaitAvailable();

        // When
        ingestion.upload("dt=2026-01-01/hr=01/a.json", Rows.json("2026-01-01", 1, 20));

        // Then
        ingestion.await("sluice.run.available", 2);
        assertThat(ingestion.rows()).isEqualTo(50);
        JsonNode hours = sandbox.druid()
                .sql("SELECT EXTRACT(HOUR FROM \"__time\") AS \"h\", COUNT(*) AS \"n\" FROM \"load_hours\""
                        + " GROUP BY 1 ORDER BY 1");
        assertThat(hours).hasSize(2);
        assertThat(hours.get(0).path("n").asInt()).isEqualTo(30);
        assertThat(hours.get(1).path("n").asInt()).isEqualTo(20);
    }

    @Test
    void aBurstOfUploadsBecomesOneRun(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_burst")
                .define(new DefinitionText("load_burst").batch("trigger", "{on: object, settle: PT5S}"));

        // When
        IntStream.range(0, 50)
                .parallel()
                .forEach(
                        i -> ingestion.upload("dt=2026-01-01/part-%02d.json".formatted(i), Rows.json("2026-01-01", 4)));

        // Then
        ingestion.awaitAvailable();
        assertThat(ingestion.rows()).isEqualTo(200);
        assertThat(ingestion.runs()).hasSize(1);
        assertThat(ingestion.tasks()).isEqualTo(1);
    }

    @Test
    @AlsoOnDruid37
    void aMarkerStartsTheRunOfItsDay(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_marker")
                .define(new DefinitionText("load_marker").batch("trigger", "{on: marker, name: _SUCCESS}"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 5));
        ingestion.awaitLedger("load_marker/dt=2026-01-01/a.json", "Gathering");

        // When
        ingestion.upload("dt=2026-01-01/_SUCCESS", new byte[0]);

        // Then
        ingestion.awaitAvailable();
        assertThat(ingestion.rows()).isEqualTo(5);
    }

    @Test
    @AlsoOnDruid37
    void appendAddsToWhatIsThere(Sandbox sandbox) {
        // Given
        Ingestion ingestion =
                new Ingestion(sandbox, "load_append").define(new DefinitionText("load_append").batch("mode", "append"));
        ingestion.upload("dt=2026-01-01/a.json", Rows.json("2026-01-01", 10));
        ingestion.awaitAvailable();

        // When
        ingestion.upload("dt=2026-01-01/b.json", Rows.json("2026-01-01", 7));

        // Then
        ingestion.await("sluice.run.available", 2);
        assertThat(ingestion.rows()).isEqualTo(17);
        assertThat(ingestion.runs())
                .extracting(run -> run.at("/state/counts/rows").asLong())
                .containsExactlyInAnyOrder(10L, 7L);
    }

    @Test
    @AlsoOnDruid37
    void rollupIsDecidedFromWhatTheSamplerMeasures(Sandbox sandbox) {
        // Given
        Ingestion ingestion = new Ingestion(sandbox, "load_rollup")
                .define(new DefinitionText("load_rollup")
                        .granularity("{segmentGranularity: DAY, queryGranularity: auto, rollup: auto}"));
        byte[] sameRowAgainAndAgain =
                "{\"time\":\"2026-01-01T01:00:00Z\",\"channel\":\"#en\",\"page\":\"p\",\"added\":1}\n"
                        .repeat(500)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);

        // When
        ingestion.upload("dt=2026-01-01/a.json", sameRowAgainAndAgain);

        // Then
        JsonNode counts = ingestion.awaitAvailable().path("counts");
        assertThat(counts.path("read").asLong()).isEqualTo(500);
        assertThat(counts.path("rows").asLong()).isEqualTo(1);
    }

    @Test
    void aClusterWithoutAccessToS3ReadsThroughSignedAddressesThatNobodyKeeps(Sandbox sandbox) {
        // Given
        Ingestion ingestion =
                new Ingestion(sandbox, "load_presigned").define(new DefinitionText("load_presigned").cluster("onprem"));

        // When
        ingestion.upload("dt=2026-01-01/a b+c.json", Rows.json("2026-01-01", 12));

        // Then
        ingestion.awaitAvailable();
        assertThat(ingestion.rows()).isEqualTo(12);
        assertThat(sandbox.dynamodb().items().toString()).doesNotContain("X-Amz-Signature");
        assertThat(sandbox.lambda().functions())
                .allSatisfy(function ->
                        assertThat(function.log().search("X-Amz-Signature")).isEmpty());
    }

    private static List<String> story(Sandbox sandbox, String function, String runId) {
        return sandbox.lambda().function(function).log().search("\"runId\":\"" + runId + "\"");
    }

    private static Set<String> traces(List<String> lines) {
        return lines.stream()
                .flatMap(line -> TRACE.matcher(line).results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
