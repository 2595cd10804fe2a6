package sluice.core.contract;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks granularities and intervals. */
final class TimeRules {
    private TimeRules() {}

    /** Checks intervals wherever a document may have them. */
    static void possibleIntervals(SpecView spec, FindingCollector findings) {
        for (SpecNode interval : allIntervals(spec)) {
            try {
                IsoTime.Span span = IsoTime.interval(interval.node().asText());
                if (span != null && span.end() < span.start()) {
                    findings.add(
                            ContractCode.INTERVAL_IMPOSSIBLE,
                            interval,
                            "the interval ends before it starts",
                            "start/end",
                            null);
                } else if (span != null && span.end() == span.start()) {
                    findings.add(
                            ContractCode.INTERVAL_EMPTY,
                            interval,
                            "the interval starts and ends at the same instant",
                            "an interval with a length",
                            null);
                }
            } catch (DateTimeException impossible) {
                findings.add(
                        ContractCode.INTERVAL_IMPOSSIBLE,
                        interval,
                        String.valueOf(impossible.getMessage()),
                        "dates that exist",
                        null);
            }
        }
    }

    private static List<SpecNode> allIntervals(SpecView spec) {
        List<SpecNode> all = new ArrayList<>(spec.intervals());
        all.addAll(spec.otherIntervals());
        all.removeIf(interval -> !interval.node().isTextual());
        return all;
    }

    static void intervalsOfBatch(SpecView spec, FindingCollector findings) {
        if (!spec.isBatch() || !spec.intervals().isEmpty()) {
            return;
        }
        SpecNode granularity = spec.granularitySpec();
        if (spec.ioConfig().isTrue("dropExisting")) {
            findings.add(
                    ContractCode.DROP_WITHOUT_INTERVALS,
                    granularity,
                    "dropExisting is true, but there are no intervals",
                    "the intervals to replace",
                    "add granularitySpec.intervals");
        } else if ("arbitrary".equals(granularity.type())) {
            findings.add(
                    ContractCode.ARBITRARY_WITHOUT_INTERVALS,
                    granularity,
                    "the arbitrary granularitySpec has no intervals",
                    "the time chunks as intervals",
                    null);
        } else if (!spec.ioConfig().isTrue("appendToExisting")) {
            findings.add(
                    ContractCode.INTERVALS_MISSING,
                    granularity,
                    "there are no intervals",
                    "the intervals that the task is to replace",
                    "add granularitySpec.intervals");
        }
    }

    static void alignedIntervals(SpecView spec, FindingCollector findings) {
        Granularity segment = Granularity.ofSegments(spec);
        if (segment == null || !spec.isBatch()) {
            return;
        }
        for (SpecNode interval : spec.intervals()) {
            IsoTime.Span span = spanOf(interval);
            if (span != null && !(segment.startsAt(span.start()) && segment.startsAt(span.end()))) {
                findings.add(
                        ContractCode.INTERVAL_MISALIGNED,
                        interval,
                        "the interval does not consist of whole time chunks of " + segment.name(),
                        "start and end at the boundaries of " + segment.name(),
                        null);
            }
        }
    }

    static void overlappingIntervals(SpecView spec, FindingCollector findings) {
        List<SpecNode> intervals = spec.intervals();
        for (int later = 1; later < intervals.size(); later++) {
            IsoTime.Span span = spanOf(intervals.get(later));
            for (int earlier = 0; earlier < later && span != null; earlier++) {
                IsoTime.Span other = spanOf(intervals.get(earlier));
                if (other != null && span.start() < other.end() && other.start() < span.end()) {
                    findings.add(
                            ContractCode.INTERVALS_OVERLAP,
                            intervals.get(later),
                            "the interval overlaps "
                                    + intervals.get(earlier).node().asText(),
                            "each time chunk once",
                            null);
                    break;
                }
            }
        }
    }

    private static IsoTime.@Nullable Span spanOf(SpecNode interval) {
        try {
            return interval.node().isTextual()
                    ? IsoTime.interval(interval.node().textValue())
                    : null;
        } catch (DateTimeException impossible) {
            return null; // possibleIntervals reports it
        }
    }

    static void queryWithinSegment(SpecView spec, FindingCollector findings) {
        SpecNode place = spec.granularitySpec().get("queryGranularity");
        Granularity query = Granularity.of(place);
        Granularity segment = Granularity.of(spec.granularitySpec().get("segmentGranularity"));
        if (query != null && segment != null && query.coarserThan(segment)) {
            findings.add(
                    ContractCode.QUERY_COARSER_THAN_SEGMENT,
                    place,
                    "queryGranularity " + query.name() + " is coarser than segmentGranularity " + segment.name(),
                    "at most " + segment.name(),
                    null);
        }
    }

    static void extremeSegments(SpecView spec, FindingCollector findings) {
        SpecNode place = spec.granularitySpec().get("segmentGranularity");
        Granularity segment = Granularity.of(place);
        if (segment == null) {
            return;
        }
        if (segment.millis() == 0) {
            findings.add(
                    ContractCode.SEGMENT_GRANULARITY_NONE,
                    place,
                    "segmentGranularity is NONE",
                    "HOUR, DAY or coarser",
                    "did you mean queryGranularity?");
        } else if (segment.millis() == Long.MAX_VALUE) {
            findings.add(
                    ContractCode.SEGMENT_GRANULARITY_ALL,
                    place,
                    "segmentGranularity is ALL",
                    "DAY, MONTH or YEAR",
                    null);
        }
    }
}
