package sluice.platform.druid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SegmentIdTest {

    private static final String ID =
            "wiki_pages_2026-01-01T00:00:00.000Z_2026-01-02T00:00:00.000Z_2026-03-04T05:06:07.008Z";

    @Test
    void tellsChunkAndVersionOfADatasourceWithUnderscores() {
        SegmentId segment = SegmentId.of("wiki_pages", ID).orElseThrow();

        assertThat(segment.version()).isEqualTo("2026-03-04T05:06:07.008Z");
        assertThat(segment.overlaps(Instant.parse("2026-01-01T23:00:00Z"), Instant.parse("2026-01-03T00:00:00Z")))
                .isTrue();
        assertThat(segment.overlaps(Instant.parse("2026-01-02T00:00:00Z"), Instant.parse("2026-01-03T00:00:00Z")))
                .isFalse();
    }

    @Test
    void thePartitionDoesNotMatter() {
        assertThat(SegmentId.of("wiki_pages", ID + "_7")).isEqualTo(SegmentId.of("wiki_pages", ID));
    }

    @Test
    void whatIsNoSegmentOfTheDatasourceIsNothing() {
        assertThat(SegmentId.of("other", ID)).isEmpty();
        assertThat(SegmentId.of("wiki", ID)).isEmpty();
        assertThat(SegmentId.of("wiki_pages", "wiki_pages_x")).isEmpty();
    }
}
