package sluice.core.contract;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks tasks that read their own datasource and replace what they have read. */
final class ReindexRules {
    private static final long HOUR = 60 * 60 * 1000L;

    private ReindexRules() {}

    /**
     * A time chunk is replaced as a whole. What the task does not read of it is overshadowed by what it writes, and lost.
     */
    static void wholeChunks(SpecView spec, FindingCollector findings) {
        List<SpecNode> own = ownSources(spec);
        Granularity segment = Granularity.ofSegments(spec);
        if (own.isEmpty() || segment == null) {
            return;
        }
        List<IsoTime.Span> read = merged(own);
        for (SpecNode interval : spec.intervals()) {
            IsoTime.Span replaced = span(interval.node().asText());
            if (replaced != null && loses(replaced, read, segment, spec, interval, own.get(0), findings)) {
                return;
            }
        }
        for (IsoTime.Span span : read) {
            if (!segment.startsAt(span.start()) || !segment.startsAt(span.end())) {
                findings.add(
                        ContractCode.REINDEX_PART,
                        own.get(0).get("interval"),
                        "the task reads " + length(span) + " of its own datasource, and replaces whole time chunks of "
                                + segment.name() + ": the other rows of the first or last chunk are lost",
                        "an interval of whole time chunks of " + segment.name(),
                        "widen the interval to the boundaries of " + segment.name()
                                + ", or choose a finer segmentGranularity");
                return;
            }
        }
    }

    /** The granularitySpec's intervals say which rows the task writes, and with dropExisting which chunks it empties. */
    private static boolean loses(
            IsoTime.Span replaced,
            List<IsoTime.Span> read,
            Granularity segment,
            SpecView spec,
            SpecNode interval,
            SpecNode source,
            FindingCollector findings) {
        if (!segment.startsAt(replaced.start()) || !segment.startsAt(replaced.end())) {
            findings.add(
                    ContractCode.REINDEX_PART,
                    interval,
                    "the task writes the rows of this interval only, and replaces whole time chunks of "
                            + segment.name()
                            + " of its own datasource: the other rows of the first or last chunk are lost",
                    "an interval of whole time chunks of " + segment.name(),
                    "widen the interval to the boundaries of " + segment.name());
            return true;
        }
        boolean isRead = read.isEmpty()
                || read.stream().anyMatch(span -> span.start() <= replaced.start() && span.end() >= replaced.end());
        if (spec.ioConfig().isTrue("dropExisting") && !isRead) {
            findings.add(
                    ContractCode.REINDEX_PART,
                    interval,
                    "the task reads " + source.text("interval")
                            + " of its own datasource, and dropExisting empties all of"
                            + " this interval: the other rows are lost",
                    "an interval that the task reads as a whole",
                    "narrow this interval to what is read, or read all of it");
            return true;
        }
        return false;
    }

    private static String length(IsoTime.Span span) {
        long hours = (span.end() - span.start()) / HOUR;
        return hours == 1 ? "one hour" : hours < 1 ? "less than an hour" : hours + " hours";
    }

    /** Intervals that touch are one: two halves of a day are the day. */
    private static List<IsoTime.Span> merged(List<SpecNode> sources) {
        List<IsoTime.Span> spans = new ArrayList<>();
        for (SpecNode source : sources) {
            String interval = source.text("interval");
            IsoTime.Span span = interval == null ? null : span(interval);
            if (span != null) {
                spans.add(span);
            }
        }
        spans.sort(Comparator.comparingLong(IsoTime.Span::start));
        List<IsoTime.Span> merged = new ArrayList<>();
        for (IsoTime.Span span : spans) {
            IsoTime.Span last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && span.start() <= last.end()) {
                merged.set(merged.size() - 1, new IsoTime.Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                merged.add(span);
            }
        }
        return merged;
    }

    /** Returns null for what is no interval, which TimeRules reports. */
    private static IsoTime.@Nullable Span span(String interval) {
        try {
            IsoTime.Span span = IsoTime.interval(interval);
            return span != null && span.end() > span.start() ? span : null;
        } catch (DateTimeException impossible) {
            return null;
        }
    }

    /** A compaction writes what its filter keeps, and replaces all that it has read. */
    static void compacted(SpecView spec, FindingCollector findings) {
        SpecNode filter = spec.document().get("transformSpec").get("filter");
        if ((spec.kind().equals("compactionConfig") || spec.type().equals("compact")) && filter.present()) {
            findings.add(
                    ContractCode.REINDEX_FILTERED,
                    filter,
                    "the compaction deletes the rows that the filter leaves out",
                    "no filter, unless rows are to be deleted",
                    null);
        }
    }

    /** Rows that a filter leaves out disappear only with a row that stays: a chunk without any is kept as it was. */
    static void filtered(SpecView spec, FindingCollector findings) {
        List<SpecNode> own = ownSources(spec);
        if (own.isEmpty()) {
            return;
        }
        SpecNode transform = spec.dataSchema().get("transformSpec").get("filter");
        SpecNode filter = transform.present() ? transform : own.get(0).get("filter");
        boolean drops = spec.ioConfig().isTrue("dropExisting");
        if (filter.present()) {
            findings.add(
                    ContractCode.REINDEX_FILTERED,
                    filter,
                    drops
                            ? "the task deletes the rows that the filter leaves out"
                            : "the task replaces each time chunk in which the filter leaves a row, and keeps the others"
                                    + " as they were",
                    "no filter, or dropExisting with the intervals if rows are to be deleted",
                    null);
        }
    }

    private static List<SpecNode> ownSources(SpecView spec) {
        String datasource = spec.dataSchema().text("dataSource");
        if (!spec.isBatch() || datasource == null || spec.ioConfig().isTrue("appendToExisting")) {
            return List.of();
        }
        return InputRules.sources(spec).stream()
                .filter(source -> "druid".equals(source.type()) && datasource.equals(source.text("dataSource")))
                .toList();
    }
}
