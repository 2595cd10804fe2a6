package sluice.core.contract;

/** Checks two documents of one datasource against each other. */
final class CrossDocumentRules {
    private CrossDocumentRules() {}

    /**
     * An appending task allocates segments in existing time chunks. If compaction has created finer chunks than the
     * appending spec wants, Druid cannot allocate them (apache/druid #11906).
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
                    "appends by " + append.name() + " to data that is compacted by " + compacted.name(),
                    "segmentGranularity " + compacted.name() + " or finer",
                    null);
        }
    }
}
