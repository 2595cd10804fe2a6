package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Automatic compaction that stands still without a word is noticed. */
class Issue8481Test {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofHours(6);

    @Test
    void workThatStaysAsItIsIsAStall() {
        CompactionProgress progress = CompactionProgress.begun(1_000, 0, NOON).seen(1_000, 0, NOON.plus(PATIENCE));

        assertThat(progress.isStalled(PATIENCE, NOON.plus(PATIENCE))).isTrue();
        assertThat(progress.isStalled(PATIENCE, NOON.plus(PATIENCE).minusSeconds(1)))
                .isFalse();
    }

    @Test
    void workThatGrowsAndIsNeverDoneIsAStallToo() {
        CompactionProgress progress = CompactionProgress.begun(1_000, 0, NOON).seen(5_000, 0, NOON.plus(PATIENCE));

        assertThat(progress.isStalled(PATIENCE, NOON.plus(PATIENCE))).isTrue();
    }

    @Test
    void anyProgressStartsTheClockAnew() {
        Instant later = NOON.plus(PATIENCE);

        assertThat(CompactionProgress.begun(1_000, 0, NOON).seen(900, 0, later).isStalled(PATIENCE, later))
                .isFalse();
        assertThat(CompactionProgress.begun(1_000, 0, NOON)
                        .seen(5_000, 100, later)
                        .isStalled(PATIENCE, later))
                .isFalse();
        assertThat(CompactionProgress.begun(1_000, 0, NOON)
                        .reported()
                        .seen(900, 0, later)
                        .alarmed())
                .isFalse();
    }

    @Test
    void workThatIsNeverBegunIsAStall() {
        Instant later = NOON.plus(PATIENCE);
        CompactionProgress progress = CompactionProgress.begun(CompactionProgress.UNKNOWN, 0, NOON)
                .seen(CompactionProgress.UNKNOWN, 0, later);

        assertThat(progress.isStalled(PATIENCE, later)).isTrue();
        assertThat(progress.seen(1_000, 0, later).isStalled(PATIENCE, later)).isFalse();
    }

    @Test
    void nothingToDoIsNoStall() {
        CompactionProgress progress = CompactionProgress.begun(0, 0, NOON);

        assertThat(progress.isStalled(PATIENCE, NOON.plus(Duration.ofDays(9)))).isFalse();
    }

    @Test
    void aStallIsToldOnce() {
        assertThat(CompactionProgress.begun(1_000, 0, NOON)
                        .reported()
                        .seen(1_000, 0, NOON.plus(PATIENCE))
                        .alarmed())
                .isTrue();
    }
}
