package sluice.core.contract;

/** What two documents of one datasource do to each other. */
final class TogetherRules {
    private TogetherRules() {}

    /**
     * Appending allocates segments in the chunks that are there: where compaction has made finer ones than the appending
     * spec wants, Druid cannot allocate (apache/druid #11906).
     */
    static void granularities(Spec appending, Spec compaction, FindingCollector findings) {
        boolean appends = appending.isStream()
                || appending.isBatch() && appending.ioConfig().isTrue("appendToExisting");
        Section place = appending.granularitySpec().get("segmentGranularity");
        Granule append = Granule.of(place);
        Granule compacted = Granule.of(compaction.granularitySpec().get("segmentGranularity"));
        boolean same = appending
                .dataSchema()
                .node()
                .path("dataSource")
                .equals(compaction.dataSchema().node().path("dataSource"));
        if (appends
                && same
                && compaction.isCompaction()
                && append != null
                && compacted != null
                && append.coarserThan(compacted)) {
            findings.add(
                    Code.APPEND_COARSER_THAN_REPLACE,
                    place,
                    "appends by " + append.name() + " what is compacted by " + compacted.name(),
                    "segmentGranularity " + compacted.name() + " or finer",
                    null);
        }
    }
}
