package sluice.core.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanTest {

    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "P1D, 2026-03-30T12:00:00Z",
        "P2W, 2026-03-17T12:00:00Z",
        "P1M, 2026-02-28T12:00:00Z",
        "P1Y, 2025-03-31T12:00:00Z",
        "PT6H, 2026-03-31T06:00:00Z",
        "P1DT30M, 2026-03-30T11:30:00Z",
        "P1Y2M3W4DT5H6M7S, 2025-01-06T06:53:53Z"
    })
    void goesBackByTheCalendar(String text, Instant before) {
        assertThat(new Span(text).before(NOW)).isEqualTo(before);
    }

    @Test
    void isComparedWithADuration() {
        assertThat(new Span("P1D").isAtLeast(Duration.ofDays(1), NOW)).isTrue();
        assertThat(new Span("PT23H").isAtLeast(Duration.ofDays(1), NOW)).isFalse();
    }
}
