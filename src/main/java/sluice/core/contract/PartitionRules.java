package sluice.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Checks the partitionsSpec and the fields that depend on it. */
final class PartitionRules {
    private static final Set<String> RANGES = Set.of("range", "single_dim", "dimension");

    private PartitionRules() {}

    private static boolean takesPartitions(SpecView spec) {
        return spec.isBatch() || spec.isCompaction();
    }

    /** Returns the type; Druid's default is hashed. */
    private static String type(SpecNode partitions) {
        return partitions.type() == null ? "hashed" : partitions.type();
    }

    static void oneSize(SpecView spec, FindingCollector findings) {
        if (spec.partitionsSpec().present()) {
            for (String size : List.of("maxRowsPerSegment", "maxTotalRows", "numShards", "targetPartitionSize")) {
                if (takesPartitions(spec) && spec.tuningConfig().has(size)) {
                    findings.add(
                            ContractCode.ROWS_TWO_WAYS,
                            spec.tuningConfig().get(size),
                            "'" + size + "' is set beside a partitionsSpec",
                            "sizes only in the partitionsSpec",
                            "leave it out");
                }
            }
        }
    }

    static void guaranteedRollup(SpecView spec, FindingCollector findings) {
        SpecNode partitions = spec.partitionsSpec();
        boolean guaranteed = spec.tuningConfig().isTrue("forceGuaranteedRollup");
        boolean automatic = spec.isCompaction() && !spec.kind().equals("task");
        if (!takesPartitions(spec) || automatic) {
            return; // automatic compaction sets forceGuaranteedRollup itself
        }
        if (!partitions.present()) {
            if (guaranteed) {
                findings.add(
                        ContractCode.ROLLUP_WITHOUT_PARTITIONS,
                        spec.tuningConfig(),
                        "there is no partitionsSpec",
                        "a hashed or range partitionsSpec",
                        null);
            }
        } else if (guaranteed && type(partitions).equals("dynamic")) {
            findings.add(
                    ContractCode.ROLLUP_NEEDS_PARTITIONS,
                    partitions,
                    "forceGuaranteedRollup with dynamic partitions",
                    "type hashed or range",
                    null);
        } else if (!guaranteed && !type(partitions).equals("dynamic")) {
            findings.add(
                    ContractCode.PARTITIONS_NEED_ROLLUP,
                    partitions,
                    type(partitions) + " partitions without forceGuaranteedRollup",
                    "forceGuaranteedRollup: true",
                    "set tuningConfig.forceGuaranteedRollup to true, or use type dynamic");
        }
    }

    static void sizes(SpecView spec, FindingCollector findings) {
        SpecNode partitions = spec.partitionsSpec();
        if (!takesPartitions(spec) || !partitions.node().isObject()) {
            return;
        }
        boolean dynamic = type(partitions).equals("dynamic") && spec.druid().equals("33");
        for (String size : List.of("targetRowsPerSegment", "maxRowsPerSegment", "numShards", "targetPartitionSize")) {
            if (!dynamic
                    && partitions.node().path(size).isNumber()
                    && partitions.node().path(size).asLong() == 0) {
                findings.add(ContractCode.SIZE_ZERO, partitions.get(size), size + " is 0", "1 or more", null);
            }
        }
        boolean target = isSize(partitions, "targetRowsPerSegment") || isSize(partitions, "targetPartitionSize");
        boolean max = isSize(partitions, "maxRowsPerSegment");
        boolean named = partitions.has("partitionDimension")
                || !partitions.get("partitionDimensions").entries().isEmpty();
        if (RANGES.contains(type(partitions)) && !named) {
            findings.add(
                    ContractCode.RANGE_DIMENSION,
                    partitions,
                    "no partition dimension is set",
                    "partitionDimensions",
                    null);
        }
        if (RANGES.contains(type(partitions)) && target == max) {
            findings.add(
                    ContractCode.RANGE_SIZE,
                    partitions,
                    target ? "both sizes are set" : "no size is set",
                    "targetRowsPerSegment or maxRowsPerSegment",
                    null);
        } else if (type(partitions).equals("hashed") && isSize(partitions, "numShards") && (target || max)) {
            findings.add(
                    ContractCode.HASHED_TWO_SIZES,
                    partitions,
                    "both numShards and a number of rows are set",
                    "one of the two",
                    null);
        }
    }

    private static boolean isSize(SpecNode partitions, String key) {
        return partitions.has(key) && partitions.node().path(key).asLong(1) != -1; // -1 means none in Druid
    }

    static void splittable(SpecView spec, FindingCollector findings) {
        boolean range = RANGES.contains(type(spec.partitionsSpec()))
                && spec.partitionsSpec().present();
        String source = String.valueOf(spec.ioConfig().get("inputSource").type());
        if (spec.isBatch() && spec.type().equals("index_parallel") && range && source.equals("inline")) {
            findings.add(
                    ContractCode.RANGE_NOT_SPLITTABLE,
                    spec.partitionsSpec(),
                    "an inline inputSource cannot be split",
                    "another inputSource, or type hashed",
                    null);
        }
    }

    static void knownDimensions(SpecView spec, FindingCollector findings) {
        List<SpecNode> dimensions = spec.dimensions();
        SpecNode used = spec.partitionsSpec().get("partitionDimensions");
        boolean open = dimensions.isEmpty() || spec.dimensionsSpec().isTrue("includeAllDimensions");
        if (!takesPartitions(spec) || open) {
            return;
        }
        List<String> names = new ArrayList<>();
        dimensions.forEach(dimension -> names.add(SpecView.dimensionName(dimension)));
        for (SpecNode dimension : used.entries()) {
            String name = dimension.node().asText();
            if (!names.contains(name)) {
                String near = NearestWord.of(
                        name, names.stream().filter(java.util.Objects::nonNull).toList());
                findings.add(
                        ContractCode.PARTITION_DIMENSION,
                        dimension,
                        "'" + name + "' is not a dimension of this spec",
                        "one of the dimensions",
                        near == null ? null : "did you mean '" + near + "'?");
            }
        }
    }
}
