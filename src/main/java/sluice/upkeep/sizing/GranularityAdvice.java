package sluice.upkeep.sizing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.SizeText;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.core.definition.Rollup;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.Span;
import sluice.core.definition.TypicalQuery;
import sluice.core.spec.SpecHints.History;

/**
 * Recommends granularities.
 *
 * <p>A time chunk should fill at least one segment of a good size. If it does not, the advice is the finest coarser
 * granularity that does, but none coarser than the longest typical query (at least a day), and none coarser than a month. If
 * a chunk has more than {@value #MAX_SEGMENTS} segments of a good size, the advice is the coarsest finer granularity that has
 * not.
 */
final class GranularityAdvice {

    private static final int MAX_SEGMENTS = 20;
    /** Stored rows per row read, above which rollup saves little. */
    private static final double HIGH_RATIO = 0.8;

    private static final Duration DAY = Duration.ofDays(1);

    /** Those that Druid's documentation recommends. Weeks are left out because they do not fit into months. */
    private static final List<SegmentGranularity> USUAL =
            List.of(SegmentGranularity.HOUR, SegmentGranularity.DAY, SegmentGranularity.MONTH);

    private final Definition definition;
    private final ChunkSizes sizes;

    GranularityAdvice(Definition definition, ChunkSizes sizes) {
        this.definition = definition;
        this.sizes = sizes;
    }

    Optional<Finding> segmentGranularity() {
        SegmentGranularity present = definition.schema().segmentGranularity();
        return better(present).map(granularity -> {
            boolean coarser = granularity.compareTo(present) > 0;
            return SizingCode.SEGMENT_GRANULARITY.finding(
                    "/schema/granularitySpec/segmentGranularity",
                    String.format(
                            Locale.ROOT,
                            "A usual %s has %s and would have %s as %s%s",
                            present,
                            SizeText.bytes(sizes.bytesOf(length(present))),
                            SizeText.bytes(sizes.bytesOf(length(granularity))),
                            granularity,
                            coarser
                                            && definition.batch() != null
                                            && definition.batch().mode() == Mode.REPLACE
                                    ? "; in replace mode each new file then loads its whole " + granularity + " anew"
                                    : ""),
                    granularity.name());
        });
    }

    private Optional<SegmentGranularity> better(SegmentGranularity present) {
        if (sizes.bytesOf(length(present)) < sizes.target().leastBytes()) {
            Duration longest = longestQuery();
            List<SegmentGranularity> coarser = USUAL.stream()
                    .filter(granularity -> granularity.compareTo(present) > 0)
                    .filter(granularity -> length(granularity).compareTo(longest) <= 0)
                    .toList();
            return coarser.stream()
                    .filter(granularity ->
                            sizes.bytesOf(length(granularity)) >= sizes.target().leastBytes())
                    .findFirst()
                    .or(() -> coarser.stream().reduce((finer, last) -> last));
        }
        long most = MAX_SEGMENTS * sizes.target().mostBytes();
        return sizes.bytesOf(length(present)) <= most
                ? Optional.empty()
                : USUAL.stream()
                        .filter(granularity -> granularity.compareTo(present) < 0)
                        .filter(granularity -> sizes.bytesOf(length(granularity)) <= most)
                        .reduce((finer, last) -> last);
    }

    Optional<Finding> queryGranularity(@Nullable History history) {
        String present = definition.schema().queryGranularity().asText("").toUpperCase(Locale.ROOT);
        Optional<SegmentGranularity> asked = finestAsked();
        if (asked.isPresent() && definition.schema().rollup() != Rollup.OFF && rank(present) < rank(asked.get())) {
            return Optional.of(finding(
                    "Rows are stored by " + present + ", but no typical query is finer than " + asked.get()
                            + ": rollup to that saves more",
                    asked.get().name()));
        }
        if (asked.isPresent() && rank(present) > rank(asked.get())) {
            return Optional.of(finding(
                    "A typical query groups by " + asked.get() + ", but rows are stored by " + present
                            + ": its times are not there",
                    asked.get().name()));
        }
        return history != null && asked.isEmpty() && savesLittle(history)
                ? Optional.of(finding(
                        "Rollup to " + history.queryGranularity() + " saves less than a fifth of the rows",
                        "a coarser queryGranularity, fewer dimensions, or rollup: false"))
                : Optional.empty();
    }

    private static boolean savesLittle(History history) {
        return history.queryGranularity() != null && (double) history.rowsStored() / history.rowsRead() > HIGH_RATIO;
    }

    private static Finding finding(String message, String expected) {
        return SizingCode.QUERY_GRANULARITY.finding("/schema/granularitySpec/queryGranularity", message, expected);
    }

    /** Returns the finest granularity of the typical queries; empty unless all of them have one with a length. */
    private Optional<SegmentGranularity> finestAsked() {
        List<Optional<SegmentGranularity>> asked = definition.queries().stream()
                .filter(query -> !"ALL".equals(query.granularity()))
                .map(query -> Optional.ofNullable(query.granularity()).flatMap(SegmentGranularity::ofName))
                .toList();
        return asked.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : asked.stream().flatMap(Optional::stream).min(Enum::compareTo);
    }

    private Duration longestQuery() {
        return definition.queries().stream()
                .map(TypicalQuery::interval)
                .filter(interval -> interval != null)
                .map(Span::new)
                .map(Span::length)
                .max(Duration::compareTo)
                .map(longest -> longest.compareTo(DAY) < 0 ? DAY : longest)
                .orElse(length(SegmentGranularity.MONTH));
    }

    private static int rank(String granularity) {
        return granularity.equals("ALL")
                ? Integer.MAX_VALUE
                : SegmentGranularity.ofName(granularity).map(Enum::ordinal).orElse(-1);
    }

    private static int rank(SegmentGranularity granularity) {
        return granularity.ordinal();
    }

    /** Returns the length of the granule that holds the beginning of 1970. */
    private static Duration length(SegmentGranularity granularity) {
        Instant start = granularity.floor(Instant.EPOCH);
        return Duration.between(start, granularity.end(start));
    }
}
