package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.day;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;

class IntervalsTest {

    @Test
    void adjacentAndOverlappingChunksBecomeOne() {
        // Given
        TimeChunk adjacent = day(8);
        TimeChunk inside = new TimeChunk(day(9).start(), day(9).start().plusSeconds(60));
        TimeChunk apart = day(5);

        // When
        List<TimeChunk> joined = Intervals.joined(List.of(apart, day(9), adjacent, inside));

        // Then
        assertThat(joined).containsExactly(new TimeChunk(day(9).start(), day(8).end()), day(5));
    }

    @Test
    void aReportNamesTheFirstIntervalsOnly() {
        // Given
        List<TimeChunk> everyOtherDay =
                IntStream.range(0, 60).mapToObj(number -> day(2 * number)).toList();

        // When
        List<String> texts = Intervals.texts(everyOtherDay);

        // Then
        assertThat(texts)
                .hasSize(Intervals.MAX_INTERVALS)
                .startsWith(day(118).interval())
                .doesNotContain(day(0).interval());
    }

    @Test
    void chunksThatOnlyTouchDoNotOverlap() {
        assertThat(Intervals.overlapsAny(day(5), List.of(day(6), day(4)))).isFalse();
        assertThat(Intervals.overlapsAny(day(5), List.of(day(6), new TimeChunk(Instant.EPOCH, day(3).end()))))
                .isTrue();
    }
}
