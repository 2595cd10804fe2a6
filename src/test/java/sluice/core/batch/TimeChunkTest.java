package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeChunkTest {

    @ParameterizedTest
    @CsvSource({
        "'0-24', true",
        "'0-30', true",
        "'0-12 12-24', true",
        "'0-18 6-12 12-24', true",
        "'0-12 13-24', false",
        "'1-24', false",
        "'0-23', false",
        "'', false"
    })
    void othersCoverAChunkIfTheyLeaveNoGap(String others, boolean expected) {
        // Given
        List<TimeChunk> byStart = others.isEmpty()
                ? List.of()
                : Arrays.stream(others.split(" ")).map(TimeChunkTest::hours).toList();

        // When
        boolean isCovered = hours("0-24").isCoveredBy(byStart);

        // Then
        assertThat(isCovered).isEqualTo(expected);
    }

    private static TimeChunk hours(String text) {
        String[] ends = text.split("-");
        Instant day = Instant.parse("2026-01-01T00:00:00Z");
        return new TimeChunk(
                day.plusSeconds(3_600 * Long.parseLong(ends[0])), day.plusSeconds(3_600 * Long.parseLong(ends[1])));
    }
}
