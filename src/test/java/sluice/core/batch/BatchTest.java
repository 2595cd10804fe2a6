package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.definition.SegmentGranularity;

class BatchTest {

    private static final Instant DAY = Instant.parse("2026-01-05T00:00:00Z");
    private static final TimeChunk MONDAY = TimeChunk.holding(DAY, SegmentGranularity.DAY);
    private static final TimeChunk TUESDAY = TimeChunk.holding(MONDAY.end(), SegmentGranularity.DAY);

    @Test
    void theOrderAndRepetitionOfItsPartsDoNotMatter() {
        Batch one = new Batch("events", List.of(TUESDAY, MONDAY, MONDAY), List.of(object("b", "1"), object("a", "1")));
        Batch other = new Batch(
                "events", List.of(MONDAY, TUESDAY), List.of(object("a", "1"), object("b", "1"), object("b", "1")));

        assertThat(one).isEqualTo(other);
        assertThat(one.bytes()).isEqualTo(20);
        assertThat(one.intervals())
                .containsExactly(
                        "2026-01-05T00:00:00.000Z/2026-01-06T00:00:00.000Z",
                        "2026-01-06T00:00:00.000Z/2026-01-07T00:00:00.000Z");
    }

    @Test
    void aBatchWithoutTimeChunksIsRefused() {
        assertThatThrownBy(() -> new Batch("events", List.of(), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("events");
    }

    @Test
    void overlappingTimeChunksAreRefused() {
        TimeChunk noon = TimeChunk.holding(DAY.plusSeconds(43_200), SegmentGranularity.HOUR);

        assertThatThrownBy(() -> new Batch("events", List.of(noon, MONDAY), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(MONDAY.interval(), noon.interval());
    }

    @Test
    void twoVersionsOfOneObjectAreRefused() {
        assertThatThrownBy(() -> new Batch("events", List.of(MONDAY), List.of(object("a", "1"), object("a", "2"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://landing/a");
    }

    @Test
    void anObjectOfNegativeSizeIsRefused() {
        assertThatThrownBy(() -> new InputObject("landing", "a", "1", -1, DAY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("s3://landing/a");
    }

    @Test
    void aTimeChunkThatDoesNotEndAfterItsStartIsRefused() {
        assertThatThrownBy(() -> new TimeChunk(DAY, DAY)).isInstanceOf(IllegalArgumentException.class);
    }

    private static InputObject object(String key, String etag) {
        return new InputObject("landing", key, etag, 10, DAY);
    }
}
