package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-01/2026-01-02, 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "2026/2027, 2026-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
        "2026-01-01T07/2026-01-01T07:30, 2026-01-01T07:00:00Z, 2026-01-01T07:30:00Z",
        "2026-01-01T00:00:00.5Z/2026-01-01T24, 2026-01-01T00:00:00.500Z, 2026-01-02T00:00:00Z",
        "2026-01-01T02:00:00+02:00/P1D, 2026-01-01T00:00:00Z, 2026-01-02T00:00:00Z",
        "2026-01-31/P1M, 2026-01-31T00:00:00Z, 2026-02-28T00:00:00Z",
        "P1W/2026-01-08, 2026-01-01T00:00:00Z, 2026-01-08T00:00:00Z",
        "PT1H1M1S/2026-01-01T01:01:01, 2026-01-01T00:00:00Z, 2026-01-01T01:01:01Z"
    })
    void intervalsMeanWhatTheyMeanToDruid(String text, Instant start, Instant end) {
        assertThat(IsoTime.interval(text)).isEqualTo(new IsoTime.Span(start.toEpochMilli(), end.toEpochMilli()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2026-01-01", "2026-W01/2026-W02", "T07:00/T08:00", "2026-01-01/soon", "P1D/soon", "soon/P1D"})
    void otherNotationsAreNotExamined(String text) {
        assertThat(IsoTime.interval(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30/2026-03-01", "2026-01-01T25/2026-01-02", "P1D/P1D"})
    void whatCannotExistIsRefused(String text) {
        assertThatThrownBy(() -> IsoTime.interval(text)).isInstanceOf(DateTimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"PT1S, 1000", "PT1.5S, 1000", "P1D, 86400000", "P1Y, 31536000000", "soon,"})
    void aPeriodHasALength(String period, Long millis) {
        assertThat(IsoTime.length(period)).isEqualTo(millis);
    }
}
