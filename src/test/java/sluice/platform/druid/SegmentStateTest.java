package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SegmentStateTest {

    @Test
    void rowsThatTheBrokerHasNotCountedYetAreNotTakenForNone() {
        assertThat(new SegmentState("s", true, false, 0, 4_096, 1).isCounted()).isFalse();
        assertThat(new SegmentState("s", true, false, 7, 4_096, 1).isCounted()).isTrue();
        assertThat(new SegmentState("tombstone", true, false, 0, 1, 1).isCounted())
                .isTrue();
        assertThat(new SegmentState("s", false, false, 0, 4_096, 0).isCounted()).isTrue();
    }

    @Test
    void aSegmentIsHandedOffWhenItIsServedOrNeedNotBe() {
        assertThat(new SegmentState("s", true, false, 7, 4_096, 1).isHandedOff())
                .isTrue();
        assertThat(new SegmentState("s", false, false, 7, 4_096, 1).isHandedOff())
                .isFalse();
        assertThat(new SegmentState("hidden", false, true, 7, 4_096, 1).isHandedOff())
                .isTrue();
        assertThat(new SegmentState("deep storage only", false, false, 7, 4_096, 0).isHandedOff())
                .isTrue();
    }
}
