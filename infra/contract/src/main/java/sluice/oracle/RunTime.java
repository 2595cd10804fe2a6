package sluice.oracle;

import org.apache.druid.indexer.partitions.DimensionRangePartitionsSpec;
import org.apache.druid.indexing.common.task.batch.parallel.ParallelIndexIngestionSpec;
import org.apache.druid.indexing.common.task.batch.parallel.ParallelIndexSupervisorTask;
import org.apache.druid.segment.indexing.DataSchema;

/** What a task does first when it runs, tried without running it. */
final class RunTime {
    private RunTime() {}

    /** What it would fail with, or null. */
    static String failureOf(Object read) {
        if (!(read instanceof ParallelIndexSupervisorTask task)) {
            return null;
        }
        try {
            ParallelIndexIngestionSpec spec = task.getIngestionSchema();
            DataSchema schema = spec.getDataSchema();
            schema.getDimensionsSpec();
            schema.getTimestampSpec();
            schema.getGranularitySpec().getSegmentGranularity();
            schema.getTransformSpec().getTransforms().forEach(transform -> transform.getRowFunction());
            if (schema.getTransformSpec().getFilter() != null) {
                schema.getTransformSpec().getFilter().optimize(false).toFilter();
            }
            for (var aggregator : schema.getAggregators()) {
                aggregator.getIntermediateType();
            }
            boolean range =
                    spec.getTuningConfig().getGivenOrDefaultPartitionsSpec() instanceof DimensionRangePartitionsSpec;
            if (range && !spec.getIOConfig().getInputSource().isSplittable()) {
                return "range partitioning needs an inputSource that can be split";
            }
            return null;
        } catch (RuntimeException failure) {
            return failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
    }
}
