package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Source;
import sluice.core.definition.TimeChunkPattern;

class ObjectLayoutTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'dt='yyyy-MM-dd           | DAY     | dt=2026-02-28/a.json          | 2026-02-28T00:00:00.000Z/2026-03-01T00:00:00.000Z
                    'dt='yyyy-MM-dd'/hr='HH   | DAY     | dt=2026-02-28/hr=23/a.json    | 2026-02-28T00:00:00.000Z/2026-03-01T00:00:00.000Z
                    yyyy/MM/dd/HH             | HOUR    | 2026/02/28/23/a.json          | 2026-02-28T23:00:00.000Z/2026-03-01T00:00:00.000Z
                    yyyyMMdd                  | DAY     | 20260228.json.gz              | 2026-02-28T00:00:00.000Z/2026-03-01T00:00:00.000Z
                    uuuu-DDD                  | DAY     | 2026-059/a.json               | 2026-02-28T00:00:00.000Z/2026-03-01T00:00:00.000Z
                    yyyy/M/d                  | DAY     | 2026/2/8/a.json               | 2026-02-08T00:00:00.000Z/2026-02-09T00:00:00.000Z
                    yyyy-MM-dd                | WEEK    | 2026-01-01/a.json             | 2025-12-29T00:00:00.000Z/2026-01-05T00:00:00.000Z
                    yyyy-MM-dd                | QUARTER | 2026-05-31/a.json             | 2026-04-01T00:00:00.000Z/2026-07-01T00:00:00.000Z
                    yyyy/MM                   | YEAR    | 2026/05/a.json                | 2026-01-01T00:00:00.000Z/2027-01-01T00:00:00.000Z
                    yyyy-MM-dd'T'HHmm         | FIVE_MINUTE | 2026-05-31T1017.json      | 2026-05-31T10:15:00.000Z/2026-05-31T10:20:00.000Z
                    yyyy-MM-dd/HH             | EIGHT_HOUR  | 2026-05-31/17/a.json      | 2026-05-31T16:00:00.000Z/2026-06-01T00:00:00.000Z
                    """)
    void keyTellsTheChunk(String pattern, SegmentGranularity granularity, String rest, String interval) {
        ObjectLayout layout = layout(pattern, granularity);

        assertThat(layout.chunkOf("in/" + rest)).map(TimeChunk::interval).contains(interval);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in/dt=2026-02-30/a.json",
                "in/dt=2026-13-01/a.json",
                "in/dt=2026-01-011/a.json",
                "in/dt=26-01-01/a.json",
                "in/dt=-2026-01-01/a.json",
                "in/dt=02026-01-01/a.json",
                "in/date=2026-01-01/a.json",
                "in/a.json",
                "in/",
                "in",
                "out/dt=2026-01-01/a.json"
            })
    void keyWithoutRealTimeHasNoChunk(String key) {
        assertThat(layout("'dt='yyyy-MM-dd", SegmentGranularity.DAY).chunkOf(key))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "landing, in/dt=2026-01-01/a.json.gz, true",
        "landing, in/no-date/a.json.gz, true",
        "landing, in/_dt=2026-01-01/a.json.gz, true",
        "landing, in/dt=2026-01-01/a.csv, false",
        "landing, in/dt=2026-01-01/_temporary/a.json.gz, false",
        "landing, in/dt=2026-01-01/.a.json.gz, false",
        "landing, other/dt=2026-01-01/a.json.gz, false",
        "other, in/dt=2026-01-01/a.json.gz, false"
    })
    void inputHasBucketPrefixAndSuffixAndIsNotHidden(String bucket, String key, boolean input) {
        Source source = new Source("s3", "landing", "in/", TimeChunkPattern.of("'dt='yyyy-MM-dd"), ".json.gz");

        assertThat(new ObjectLayout(source, SegmentGranularity.DAY).matches(bucket, key))
                .isEqualTo(input);
    }

    @Test
    void foldersAreNoInput() {
        assertThat(layout("yyyy-MM-dd", SegmentGranularity.DAY).matches("landing", "in/2026-01-01/"))
                .isFalse();
    }

    @Test
    void prefixesAreAsFewAsThePatternAllows() {
        assertThat(prefixes("'dt='yyyy-MM-dd", SegmentGranularity.DAY)).containsExactly("in/dt=2026-01-05");
        assertThat(prefixes("'dt='yyyy-MM-dd'/hr='HH", SegmentGranularity.DAY)).containsExactly("in/dt=2026-01-05/hr=");
        assertThat(prefixes("'dt='yyyy-MM-dd", SegmentGranularity.MONTH)).containsExactly("in/dt=2026-01-");
        assertThat(prefixes("yyyy/MM/dd/HH", SegmentGranularity.YEAR)).containsExactly("in/2026/");
        assertThat(prefixes("yyyy/MM/dd", SegmentGranularity.QUARTER))
                .containsExactly("in/2026/01/", "in/2026/02/", "in/2026/03/");
        assertThat(prefixes("yyyy/M/d", SegmentGranularity.MONTH)).containsExactly("in/2026/1/");
        assertThat(prefixes("yyyy-MM-dd", SegmentGranularity.WEEK))
                .hasSize(7)
                .startsWith("in/2026-01-05")
                .endsWith("in/2026-01-11");
        assertThat(prefixes("dd.MM.yyyy", SegmentGranularity.DAY)).containsExactly("in/05.01.2026");
        assertThat(prefixes("yyyy-MM-dd/HH", SegmentGranularity.SIX_HOUR)).hasSize(6);
    }

    @Test
    void patternCoarserThanTheChunkIsRefused() {
        assertThatThrownBy(() -> layout("yyyy-MM", SegmentGranularity.WEEK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("too coarse");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MM-dd",
                "yyyy-dd",
                "yy-MM-dd",
                "yyyy-MMM-dd",
                "yyyy-MM-dd'",
                "yyyy-MM-dd HH:mm a",
                "yyyy[-MM]"
            })
    void patternsThatCannotTellATimeAreRefused(String pattern) {
        assertThatThrownBy(() -> TimeChunkPattern.of(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> prefixes(String pattern, SegmentGranularity granularity) {
        return layout(pattern, granularity)
                .prefixes(TimeChunk.holding(Instant.parse("2026-01-05T00:00:00Z"), granularity));
    }

    private static ObjectLayout layout(String pattern, SegmentGranularity granularity) {
        return new ObjectLayout(new Source("s3", "landing", "in/", TimeChunkPattern.of(pattern), ""), granularity);
    }
}
