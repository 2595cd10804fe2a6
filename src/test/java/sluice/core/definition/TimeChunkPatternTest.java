package sluice.core.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeChunkPatternTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "yyyy, 2026/a, YEARS, 2026-01-01T00:00:00Z",
                "yyyy/MM, 2026/03/a, MONTHS, 2026-03-01T00:00:00Z",
                "'dt='yyyy-MM-dd, dt=2026-03-04/a, DAYS, 2026-03-04T00:00:00Z",
                "yyyy-DDD, 2026-063/a, DAYS, 2026-03-04T00:00:00Z",
                "uuuu/MM/dd/HH, 2026/03/04/05/a, HOURS, 2026-03-04T05:00:00Z",
                "yyyyMMddHHmm, 202603040506.gz, MINUTES, 2026-03-04T05:06:00Z",
                "yyyyMMddHHmmss, 20260304050607.gz, SECONDS, 2026-03-04T05:06:07Z"
            })
    void aKeyNamesTheStartOfTheFinestUnit(String pattern, String key, ChronoUnit unit, Instant start) {
        TimeChunkPattern timeChunk = TimeChunkPattern.of(pattern);

        assertThat(timeChunk.unit()).isEqualTo(unit);
        assertThat(timeChunk.match(key, 0)).map(TimeChunkPattern.Match::start).contains(start);
    }

    @ParameterizedTest
    @CsvSource({
        "yyyy-MM-dd, 2026-02-30/a",
        "yyyy-MM-dd, 2026-13-01/a",
        "yyyy-MM-dd, 2026-03-041",
        "yyyy-MM-dd, 2026-3-4/a",
        "yyyy-MM-dd, other/a"
    })
    void aKeyWithoutARealTimeDoesNotMatch(String pattern, String key) {
        assertThat(TimeChunkPattern.of(pattern).match(key, 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "MM-dd, does not begin with the year",
                "yyyy-dd, does not begin with the year",
                "yyyy-MM-dd-ss, does not begin with the year",
                "`'dt=`, unclosed quote",
                "yy-MM, uses yy",
                "yyyy-MMM, uses MMM",
                "yyyy-w, uses w",
                "yyyy[MM], outside quotes",
                "``, does not begin with the year"
            })
    void aPatternThatNamesNoTimeIsRefused(String pattern, String reason) {
        assertThatThrownBy(() -> TimeChunkPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aDoubledQuoteIsAQuote() {
        assertThat(TimeChunkPattern.of("yyyy''MM").match("2026'03", 0)).isPresent();
    }

    @Test
    void prefixesEndBeforeTheNextNumber() {
        Map<ChronoUnit, String> prefixes =
                TimeChunkPattern.of("'y='yyyy/MM'/d='dd").prefixes(Instant.parse("2026-03-04T05:06:07Z"));

        assertThat(prefixes)
                .isEqualTo(Map.of(
                        ChronoUnit.YEARS,
                        "y=2026/",
                        ChronoUnit.MONTHS,
                        "y=2026/03/d=",
                        ChronoUnit.DAYS,
                        "y=2026/03/d=04"));
    }

    @Test
    void patternsAreEqualByTheirText() {
        TimeChunkPattern pattern = TimeChunkPattern.of("yyyy");

        assertThat(pattern).isEqualTo(TimeChunkPattern.of("yyyy")).hasSameHashCodeAs(TimeChunkPattern.of("yyyy"));
        assertThat(pattern).isNotEqualTo(TimeChunkPattern.of("yyyy/MM")).isNotEqualTo("yyyy");
    }
}
