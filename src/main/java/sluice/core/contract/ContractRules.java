package sluice.core.contract;

import java.util.List;

/** All rules, in the order in which their findings are reported. */
final class ContractRules {
    private static final List<ContractRule> ALL = List.of(
            TimeRules::possibleIntervals,
            TimeRules::intervalsOfBatch,
            TimeRules::alignedIntervals,
            TimeRules::overlappingIntervals,
            TimeRules::queryWithinSegment,
            TimeRules::extremeSegments,
            TimestampRules::present,
            TimestampRules::format,
            DimensionRules::present,
            DimensionRules::unique,
            DimensionRules::excluded,
            DimensionRules::timestamp,
            NameRules::datasource,
            NameRules::columns,
            MetricRules::unique,
            MetricRules::input,
            MetricRules::readsMetric,
            MetricRules::rolledUpAgain,
            MetricRules::sketchSize,
            MetricRules::withoutRollup,
            ExpressionRules::transforms,
            ExpressionRules::expressions,
            Placeholders::filledIn,
            InputRules::formatPresent,
            InputRules::oneReader,
            InputRules::columns,
            InputRules::flattening,
            InputRules::localFiles,
            InputRules::schemes,
            InputRules::druidInterval,
            InputRules::objects,
            ReindexRules::wholeChunks,
            ReindexRules::filtered,
            ReindexRules::compacted,
            RollupRules::counted,
            RollupRules::useful,
            RollupRules::discovered,
            RollupRules::declared,
            PartitionRules::oneSize,
            PartitionRules::guaranteedRollup,
            PartitionRules::sizes,
            PartitionRules::splittable,
            PartitionRules::knownDimensions,
            TuningRules::appending,
            TuningRules::parseExceptions,
            TuningRules::memory,
            TuningRules::subtasks,
            TaskRules::hadoop,
            TaskRules::compactInput,
            TaskRules::compactGranularity,
            TaskRules::endlessKill,
            TaskRules::context,
            StreamRules::shape,
            StreamRules::topic,
            StreamRules::scaler,
            StreamRules::reading,
            OffsetRules::servers,
            OffsetRules::start,
            OffsetRules::resets,
            OffsetRules::future,
            RetentionRules::last,
            RetentionRules::future);

    private ContractRules() {}

    static void check(SpecView spec, FindingCollector findings) {
        for (ContractRule rule : ALL) {
            rule.check(spec, findings);
        }
        spec.besideItsSpec().ifPresent(legacy -> {
            FindingCollector parts = new FindingCollector();
            ALL.forEach(rule -> rule.check(legacy, parts));
            findings.addErrorsUnder(SpecView.LEGACY_PARTS, parts);
        });
    }
}
