package sluice.core.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field that earlier Druid versions read and this one ignores. The versions are those of the change in Druid's own
 * history, not of its deprecation.
 *
 * @param name the field's name
 * @param parents the objects that had the field, by their own names; empty for any
 * @param since the first Druid version that ignores the field
 * @param loses true if the spec does something else without the field
 * @param instead what stands for the field now
 */
record RemovedField(String name, List<String> parents, String since, boolean loses, String instead) {
    private static final String NOTHING = "nothing: leave it out";

    private static final List<RemovedField> ALL = List.of(
            lost("firehose", "31", "inputSource and inputFormat", "ioConfig"),
            lost("markAsUnused", "31", "a call of markUnused before the kill task"),
            lost("keepSegmentGranularity", "0.16", "granularitySpec.segmentGranularity"),
            lost("targetCompactionSizeBytes", "0.17", "a partitionsSpec with maxRowsPerSegment"),
            lost("rowFlushBoundary", "37", "maxRowsInMemory", "tuningConfig"),
            lost("ignoreInvalidRows", "37", "maxParseExceptions", "tuningConfig"),
            lost("publishTimeout", "0.13", "pushTimeout", "tuningConfig"),
            lost("inputSpec", "37", "inputSource and inputFormat", "ioConfig"),
            lost("segmentOutputPath", "37", "the cluster's deep storage", "ioConfig"),
            lost("metadataUpdateSpec", "37", "the cluster's metadata store", "ioConfig"),
            gone("buildV9Directly", "0.22", "tuningConfig"),
            gone("basePersistDirectory", "25", "tuningConfig"),
            gone("compressRunOnSerialization", "26", "bitmap"),
            gone("chatThreads", "28", "tuningConfig"),
            gone("chatAsync", "28", "tuningConfig"),
            gone("skipOffsetGaps", "0.15", "ioConfig"),
            gone("forceExtendableShardSpecs", "0.15", "tuningConfig"),
            gone("numBackgroundPersistThreads", "37", "tuningConfig"),
            gone("jobProperties", "37", "tuningConfig"),
            gone("workingPath", "37", "tuningConfig"),
            gone("leaveIntermediate", "37", "tuningConfig"),
            gone("cleanupOnFailure", "37", "tuningConfig"),
            gone("overwriteFiles", "37", "tuningConfig"),
            gone("combineText", "37", "tuningConfig"),
            gone("useCombiner", "37", "tuningConfig"),
            gone("useYarnRMJobStatusFallback", "37", "tuningConfig"),
            gone("useExplicitVersion", "37", "tuningConfig"),
            gone("allowedHadoopPrefix", "37", "tuningConfig"),
            gone("hadoopDependencyCoordinates", "37"),
            gone("classpathPrefix", "37"));

    private static RemovedField lost(String name, String since, String instead, String... parents) {
        return new RemovedField(name, List.of(parents), since, true, instead);
    }

    private static RemovedField gone(String name, String since, String... parents) {
        return new RemovedField(name, List.of(parents), since, false, NOTHING);
    }

    /**
     * Returns the removed field; null if there was no such field at that place.
     *
     * @param parent the name of the object that has the field; empty for the document itself
     */
    static @Nullable RemovedField of(String name, String parent) {
        for (RemovedField removed : ALL) {
            if (removed.name.equals(name) && (removed.parents.isEmpty() || removed.parents.contains(parent))) {
                return removed;
            }
        }
        return null;
    }

    /** Hadoop's fields never had an effect on native tasks, and went with Hadoop. */
    String message() {
        return since.equals("37")
                ? "'" + name + "' was a field of index_hadoop, which Druid 37 removed; native ingestion ignores it"
                : "Druid " + since + " removed '" + name + "', and ignores it";
    }
}
