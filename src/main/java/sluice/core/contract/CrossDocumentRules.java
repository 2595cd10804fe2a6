package sluice.core.contract;

/** What two documents of one datasource do to each other. */
final class CrossDocumentRules {
    private CrossDocumentRules() {}

    /**
     * Appending allocates segments in the chunks that are there: where compaction has made finer ones than the appending
     * spec wants, Druid cannot allocate (apache/druid #11906).
     */
    static void granularities(SpecView appending, SpecView compaction, FindingCollector findings) {
        boolean appends = appending.isStream()
                || appending.isBatch() && appending.ioConfig().isTrue("appendToExisting");
        SpecNode place = appending.granularitySpec().get("segmentGranularity");
        Granularity append = Granularity.of(place);
        Granularity compacted = Granularity.of(compaction.granularitySpec().get("segmentGranularity"));
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
                    ContractCode.APPEND_COARSER_THAN_REPLACE,
                    place,
                    "appends by " + append.name() + " what is compacted by " + compacted.name(),
                    "segmentGranularity " + compacted.name() + " or finer",
                    null);
        }
    }
}
