package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import sluice.core.spec.SegmentTarget;
import sluice.platform.druid.ChunkSegment;

class CompactionPolicyTest {

    private static final SegmentTarget TARGET = new SegmentTarget(5_000_000, 500_000_000);

    @Test
    void twoSmallSegmentsBecomeOne() {
        assertThat(CompactionPolicy.of(Segments.same(2, 1_000, 50_000), TARGET))
                .isInstanceOfSatisfying(CompactionPolicy.Pays.class, pays -> assertThat(pays.segments())
                        .isEqualTo(1));
    }

    @Test
    void oneSegmentOrNoneIsLeftAlone() {
        assertThat(CompactionPolicy.of(Segments.same(1, 1_000, 50_000), TARGET))
                .isInstanceOf(CompactionPolicy.DoesNotPay.class);
        assertThat(CompactionPolicy.of(Segments.of(), TARGET)).isInstanceOf(CompactionPolicy.DoesNotPay.class);
    }

    @Test
    void segmentsOfAGoodSizeAreLeftAlone() {
        assertThat(CompactionPolicy.of(Segments.same(4, 4_000_000, 400_000_000), TARGET))
                .isInstanceOf(CompactionPolicy.DoesNotPay.class);
    }

    @Test
    void aFullSegmentIsNotRewrittenForAFewRowsBesideIt() {
        // Given
        ChunkSegment full = Segments.segment(0, 3_000_000, 320_000_000);

        // When, Then
        assertThat(CompactionPolicy.of(Segments.of(full, Segments.segment(1, 10_000, 1_000_000)), TARGET))
                .isInstanceOf(CompactionPolicy.DoesNotPay.class);
        assertThat(CompactionPolicy.of(Segments.of(full, Segments.segment(1, 400_000, 40_000_000)), TARGET))
                .isInstanceOf(CompactionPolicy.Pays.class);
    }

    @Test
    void manySmallOnesBesideAFullSegmentAreWorthIt() {
        // Given
        List<ChunkSegment> segments = Stream.concat(
                        Stream.of(Segments.segment(0, 3_000_000, 320_000_000)),
                        IntStream.rangeClosed(1, 10).mapToObj(number -> Segments.segment(number, 100, 10_000)))
                .toList();

        // When, Then
        assertThat(CompactionPolicy.of(new ChunkContents(Segments.DAY, segments), TARGET))
                .isInstanceOf(CompactionPolicy.Pays.class);
    }

    @Test
    void segmentsWhoseRowsAreNotKnownYetTellNothing() {
        // Given
        ChunkSegment uncounted = Segments.segment(1, 0, 50_000);

        // When, Then
        assertThat(CompactionPolicy.of(Segments.of(Segments.segment(0, 1_000, 50_000), uncounted), TARGET))
                .isInstanceOf(CompactionPolicy.Unknown.class);
    }

    @Test
    void whatACompactionHasWrittenIsNotCompactedAgainUntilSomethingIsAppended() {
        // Given
        ChunkSegment first = compacted(Segments.segment(0, 1_000, 50_000));
        ChunkSegment second = compacted(Segments.segment(1, 1_000, 50_000));

        // When, Then
        assertThat(CompactionPolicy.of(Segments.of(first, second), TARGET))
                .isInstanceOf(CompactionPolicy.DoesNotPay.class);
        assertThat(CompactionPolicy.of(Segments.of(first, second, Segments.segment(2, 1_000, 50_000)), TARGET))
                .isInstanceOf(CompactionPolicy.Pays.class);
    }

    private static ChunkSegment compacted(ChunkSegment segment) {
        return new ChunkSegment(
                segment.id(),
                segment.interval(),
                segment.version(),
                segment.partition(),
                2,
                segment.rows(),
                segment.bytes(),
                true,
                true,
                segment.metrics());
    }
}
