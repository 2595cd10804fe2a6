package sluice.core.spec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentTargetTest {

    private static final SegmentTarget TARGET = new SegmentTarget(5_000_000, 500_000_000);

    @Test
    void narrowRowsFillASegmentByTheirNumber() {
        assertThat(TARGET.rowsPerSegment(40)).isEqualTo(5_000_000);
        assertThat(TARGET.segments(12_000_000, 480_000_000)).isEqualTo(3);
    }

    @Test
    void wideRowsFillASegmentByTheirSize() {
        assertThat(TARGET.rowsPerSegment(1_000)).isEqualTo(500_000);
        assertThat(TARGET.segments(1_000_000, 1_000_000_000)).isEqualTo(2);
    }

    @Test
    void aSegmentIsSmallWhenItHasNeitherTheRowsNorTheSize() {
        assertThat(TARGET.isSmall(1_000, 40_000)).isTrue();
        assertThat(TARGET.isSmall(4_000_000, 160_000_000)).isFalse();
        assertThat(TARGET.isSmall(400_000, 400_000_000)).isFalse();
    }

    @Test
    void nothingStillNeedsOneSegment() {
        assertThat(TARGET.segments(0, 0)).isEqualTo(1);
    }
}
