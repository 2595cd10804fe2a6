package sluice.upkeep.sizing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.SizeText;
import sluice.core.contract.Finding;
import sluice.core.definition.Compaction.Engine;
import sluice.core.definition.Definition;
import sluice.core.spec.SegmentTarget;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecHints.History;
import sluice.platform.druid.ChunkSize;

/** Gives advice on sizes: a pure function of what is stored, how it was loaded and how it is queried. */
public final class SizingAdvice {

    private SizingAdvice() {}

    /**
     * Returns the advice; empty if nothing is stored. Its codes are those of {@link SizingCode}.
     *
     * @param chunks sizes of the time chunks
     * @param history what the runs of the datasource read and stored; null if that is unknown
     */
    public static List<Finding> of(
            Definition definition, List<ChunkSize> chunks, @Nullable History history, SpecDefaults defaults) {
        ChunkSizes sizes = new ChunkSizes(chunks, SegmentTarget.of(defaults));
        List<Finding> findings = new ArrayList<>();
        if (sizes.isEmpty()) {
            return findings;
        }
        findings.add(present(sizes));
        if (history != null && history.queryGranularity() != null) {
            findings.add(rollup(history));
        }
        GranularityAdvice granularities = new GranularityAdvice(definition, sizes);
        granularities.segmentGranularity().ifPresent(findings::add);
        granularities.queryGranularity(history).ifPresent(findings::add);
        new PartitionAdvice(definition, sizes).partitions().ifPresent(findings::add);
        if (sizes.chunksOfSmallSegments() > 0
                && definition.compaction().engine() == Engine.NONE
                && !definition.compaction().afterIngestion()) {
            findings.add(small(definition, sizes));
        }
        return List.copyOf(findings);
    }

    private static Finding present(ChunkSizes sizes) {
        long segments = sizes.sum(ChunkSize::segments);
        return SizingCode.SEGMENT_SIZES.finding(
                "",
                String.format(
                        Locale.ROOT,
                        "%d segments in %d time chunks, on average %s and %d rows; %d of them are small",
                        segments,
                        sizes.chunks().size(),
                        SizeText.bytes((double) sizes.sum(ChunkSize::bytes) / segments),
                        sizes.sum(ChunkSize::rows) / segments,
                        sizes.sum(ChunkSize::small)),
                SizeText.bytes(sizes.target().leastBytes()) + " to "
                        + SizeText.bytes(sizes.target().mostBytes()) + ", about " + sizes.rowsPerSegment() + " rows");
    }

    private static Finding rollup(History history) {
        return SizingCode.ROLLUP_RATIO.finding(
                "/schema/granularitySpec/rollup",
                String.format(
                        Locale.ROOT,
                        "Rollup to %s stores %.3f rows per row read (%d of %d)",
                        history.queryGranularity(),
                        (double) history.rowsStored() / history.rowsRead(),
                        history.rowsStored(),
                        history.rowsRead()),
                null);
    }

    private static Finding small(Definition definition, ChunkSizes sizes) {
        return SizingCode.SMALL_SEGMENTS.finding(
                "/compaction",
                sizes.chunksOfSmallSegments() + " time chunks would come to half as many segments or fewer, and nothing"
                        + " compacts them"
                        + (definition.stream().isEmpty()
                                ? ""
                                : "; late messages cause such chunks, and lateMessageRejectionPeriod limits them"),
                "compaction: {engine: native}, or {engine: none, afterIngestion: true}");
    }
}
