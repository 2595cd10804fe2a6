package sluice.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import sluice.core.definition.Definitions;

/** The inputs that a target begins with: documents of the tests, and one example of each kind of call and answer. */
final class Corpus {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String DEFINITION =
            Definitions.MINIMAL.replace("timeChunk: \"'dt='yyyy-MM-dd\"", "timeChunk: \"yyyy/MM/dd\"");

    private Corpus() {}

    /** Returns the seeds of a target. */
    static List<byte[]> of(String target) {
        return switch (target) {
            case "DefinitionFuzzer" ->
                chosen(Stream.of(Definitions.MINIMAL, Definitions.WIKIPEDIA, "a: &a [1]\nb: {<<: *a}\n", "{\"a\": 1}")
                        .toList());
            case "SpecFuzzer" -> chosen(files(".json"));
            case "ExpressionFuzzer" ->
                plain(List.of(
                        "concat(\"a b\", 'c', x + 1.5e3)",
                        "map((x, y) -> x > 1 && !y, ARRAY<LONG>[1, 2])",
                        "case_searched(isnull(a), -b ^ 2, nvl(c, '\\''))"));
            case "TimeChunkFuzzer" ->
                plain(List.of(
                        "'dt='yyyy-MM-dd\ndt=2026-03-01/a",
                        "yyyy/MM/dd/HH\n2026/03/01/12/a",
                        "uuuuDDDHHmmss\n2026060123000"));
            case "NotificationFuzzer" ->
                plain(List.of(
                        "{\"Records\":[{\"eventSource\":\"aws:s3\",\"eventName\":\"ObjectCreated:Put\",\"eventTime\":"
                                + "\"2026-03-01T00:00:00Z\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":"
                                + "\"a%2Fb+c%C3%A4\",\"size\":1,\"eTag\":\"e\"}}}]}",
                        "{\"Event\":\"s3:TestEvent\"}"));
            case "ApiFuzzer" -> chosen(calls());
            case "S3AnswerFuzzer" ->
                plain(List.of(
                        "<ListBucketResult><Contents><Key>a</Key><ETag>\"e\"</ETag><Size>1</Size><LastModified>"
                                + "2026-03-01T00:00:00.000Z</LastModified><StorageClass>GLACIER</StorageClass>"
                                + "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus>"
                                + "</Contents><NextContinuationToken>t</NextContinuationToken></ListBucketResult>",
                        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
                        "Sun, 01 Mar 2026 00:00:00 GMT"));
            case "DruidAnswerFuzzer" ->
                chosen(List.of(
                        "{\"ingestionStatsAndErrors\":{\"payload\":{\"rowStats\":{\"totals\":{\"buildSegments\":"
                                + "{\"processed\":1}}},\"errorMsg\":\"e\",\"unparseableEvents\":{\"a\":[{\"details\":[\"x\"]}]}}}}",
                        "{\"id\":\"wiki_2026-03-01T00:00:00.000Z_2026-03-02T00:00:00.000Z_v_1\",\"segment_id\":\"a\","
                                + "\"interval\":\"2026-03-01/2026-03-02\",\"version\":\"v\",\"start\":\"2026-03-01T00:00:00.000Z\"}",
                        "<html><style>a</style><body>Error 500</body></html>",
                        "{\"errorMessage\":\"refused\"}"));
            default -> throw new IllegalArgumentException("no corpus for " + target);
        };
    }

    private static List<String> calls() {
        List<String> calls = new ArrayList<>();
        for (String path : List.of(
                "/v1/definitions",
                "/v1/definitions/events",
                "/v1/definitions/events/versions/1",
                "/v1/definitions/events/history?limit=2",
                "/v1/runs?datasource=events&limit=1&next=a&since=2026-01-01",
                "/v1/runs/a",
                "/v1/objects?bucket=landing&key=a",
                "/v1/clusters",
                "/v1/retention/reports?datasource=events&next=20260301T120000000Z-00000000",
                "/v1/datasources/events")) {
            calls.add("GET " + path + "\naccept: application/json\n\n");
        }
        calls.add("PUT /v1/definitions/events?commit=a&note=b\nif-none-match: *\n\n" + DEFINITION);
        calls.add("POST /v1/lint?druid=37\ncontent-type: application/yaml\n\n" + DEFINITION);
        calls.add("POST /v1/plan\naccept: text/markdown\n\n" + DEFINITION);
        Map.of(
                        "/v1/runs",
                        "{\"datasource\":\"events\",\"interval\":\"2026-03-01/2026-03-02\",\"reason\":\"r\"}",
                        "/v1/retention/plan",
                        "{\"datasource\":\"events\"}",
                        "/v1/retention/sweeps",
                        "{\"datasource\":\"events\",\"reason\":\"r\",\"mostShare\":0.5}",
                        "/v1/definitions/events/rollback",
                        "{\"version\":1,\"reason\":\"r\"}",
                        "/v1/runs/a/cancel",
                        "{\"reason\":\"r\"}")
                .forEach((path, body) -> calls.add("POST " + path + "\nidempotency-key: k\n\n" + body));
        return calls;
    }

    private static List<String> files(String ending) {
        try (Stream<Path> below = Files.walk(RESOURCES)) {
            return below.filter(path -> path.toString().endsWith(ending))
                    .map(Corpus::read)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Each text with the first variant and with the second. */
    private static List<byte[]> chosen(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Stream.of("\0" + text, "\1" + text))
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<byte[]> plain(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }
}
