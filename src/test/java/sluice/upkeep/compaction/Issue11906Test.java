package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.spec.SegmentTarget;
import sluice.platform.druid.ChunkSegment;

/** Compaction to a coarser granularity breaks the tasks that append by the finer one: it is not done. */
class Issue11906Test {

    @Test
    void segmentsOfAnotherGranularityAreLeftAlone() {
        // Given
        ChunkSegment hour = new ChunkSegment(
                "wikipedia_2026-01-01T05:00:00.000Z_2026-01-01T06:00:00.000Z_2026-01-03T00:00:00.000Z",
                "2026-01-01T05:00:00.000Z/2026-01-01T06:00:00.000Z",
                "2026-01-03T00:00:00.000Z",
                0,
                0,
                10,
                1_000,
                true,
                false,
                List.of());

        // When
        CompactionPolicy worth = CompactionPolicy.of(
                Segments.of(Segments.segment(0, 10, 1_000), hour), new SegmentTarget(5_000_000, 500_000_000));

        // Then
        assertThat(worth).isInstanceOf(CompactionPolicy.DoesNotPay.class);
        assertThat(worth.reason()).contains("another granularity", "T05:00");
    }
}
