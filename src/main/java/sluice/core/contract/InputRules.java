package sluice.core.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import sluice.core.json.Edit;
import sluice.core.json.JsonPointers;

/** Checks inputSource and inputFormat of batch tasks. */
final class InputRules {
    private static final Set<String> ROWS = Set.of("druid", "sql", "iceberg", "delta", "generator");
    private static final Set<String> OBJECT_STORES = Set.of("s3", "google", "azure", "azureStorage");
    private static final List<String> OBJECT_WAYS = List.of("uris", "prefixes", "objects");

    private InputRules() {}

    /** Returns the inputSource and all sources that it combines. */
    static List<SpecNode> sources(SpecView spec) {
        List<SpecNode> sources = new ArrayList<>();
        if (spec.isBatch()) {
            collect(spec.ioConfig().get("inputSource"), sources);
        }
        return sources;
    }

    private static void collect(SpecNode source, List<SpecNode> sources) {
        if (source.node().isObject()) {
            sources.add(source);
            source.get("delegates").entries().forEach(delegate -> collect(delegate, sources));
        }
    }

    static void formatPresent(SpecView spec, FindingCollector findings) {
        SpecNode source = spec.ioConfig().get("inputSource");
        boolean legacy = spec.dataSchema().has("parser");
        if (spec.isBatch()
                && source.type() != null
                && !legacy
                && !deliversRows(source)
                && !spec.ioConfig().has("inputFormat")) {
            findings.add(
                    ContractCode.INPUT_FORMAT_MISSING,
                    spec.ioConfig(),
                    "'inputFormat' is missing",
                    "the format of the data from the " + source.type() + " inputSource",
                    null);
        }
    }

    private static boolean deliversRows(SpecNode source) {
        if ("combining".equals(source.type())) {
            return source.get("delegates").entries().stream().allMatch(InputRules::deliversRows);
        }
        return deliversRows(String.valueOf(source.type()));
    }

    /** Returns true if the inputSource of that type needs no inputFormat. */
    static boolean deliversRows(String type) {
        return ROWS.contains(type);
    }

    /** A parser reads bytes from a firehose, so an inputSource beside it would have two readers. */
    static void oneReader(SpecView spec, FindingCollector findings) {
        if (spec.isBatch() && spec.dataSchema().has("parser") && spec.ioConfig().has("inputSource")) {
            SpecNode parser = spec.dataSchema().get("parser");
            findings.add(
                    ContractCode.PARSER_WITH_SOURCE,
                    parser,
                    "there are both a parser and an inputSource",
                    "timestampSpec and dimensionsSpec in the dataSchema, inputFormat in the ioConfig",
                    "write instead: " + LegacyForms.modernParser(parser.node()));
            List<Edit> edits = LegacyEdits.parser(
                    spec.document().node(),
                    JsonPointers.parent(spec.dataSchema().pointer()));
            if (!edits.isEmpty()) {
                findings.repair(ContractCode.PARSER_WITH_SOURCE, parser.pointer(), edits.toArray(Edit[]::new));
            }
        }
    }

    static void columns(SpecView spec, FindingCollector findings) {
        for (String key : List.of("inputFormat", "valueFormat", "keyFormat")) {
            for (SpecNode owner : List.of(spec.ioConfig(), spec.ioConfig().get("inputFormat"))) {
                columns(owner.get(key), findings);
            }
        }
    }

    private static void columns(SpecNode format, FindingCollector findings) {
        boolean delimited = "csv".equals(format.type()) || "tsv".equals(format.type());
        if (!delimited) {
            return;
        }
        List<SpecNode> columns = format.get("columns").entries();
        boolean header = format.isTrue("findColumnsFromHeader");
        if (columns.isEmpty() && !header && !format.isTrue("hasHeaderRow")) {
            findings.add(
                    ContractCode.COLUMNS_UNKNOWN,
                    format,
                    "there are neither columns nor a header",
                    "columns, or findColumnsFromHeader: true",
                    null);
        } else if (!columns.isEmpty() && header) {
            findings.add(
                    ContractCode.COLUMNS_AND_HEADER,
                    format,
                    "there are both columns and findColumnsFromHeader",
                    "one of the two; skipHeaderRows skips a header",
                    null);
        }
        Set<String> names = new HashSet<>();
        for (SpecNode column : columns) {
            if (!names.add(column.node().asText())) {
                findings.add(
                        ContractCode.COLUMN_TWICE,
                        column,
                        "'" + column.node().asText() + "' occurs twice",
                        "each column once",
                        null);
            }
        }
    }

    static void flattening(SpecView spec, FindingCollector findings) {
        for (SpecNode flatten : List.of(
                spec.ioConfig().get("inputFormat").get("flattenSpec"),
                spec.dataSchema().get("parser").get("parseSpec").get("flattenSpec"),
                spec.ioConfig().get("inputFormat").get("valueFormat").get("flattenSpec"))) {
            for (SpecNode field : flatten.get("fields").entries()) {
                boolean path = "path".equals(field.type()) || "jq".equals(field.type());
                if (path && !field.has("expr")) {
                    findings.add(ContractCode.FLATTEN_FIELD, field, "'expr' is missing", "for example $.a.b", null);
                } else if ("tree".equals(field.type()) && !field.has("nodes")) {
                    findings.add(ContractCode.FLATTEN_FIELD, field, "'nodes' is missing", "a list of names", null);
                }
            }
        }
    }

    static void localFiles(SpecView spec, FindingCollector findings) {
        for (SpecNode source : sources(spec)) {
            if ("local".equals(source.type())) {
                // Druid takes an empty name for none.
                boolean directory = source.has("baseDir")
                        && !source.get("baseDir").node().asText().isEmpty();
                boolean files = !source.get("files").entries().isEmpty();
                if (directory && !source.has("filter") || !directory && !files) {
                    findings.add(
                            ContractCode.LOCAL_FILES,
                            source,
                            directory ? "'filter' is missing" : "no files are listed",
                            "baseDir with filter, or files",
                            null);
                }
            }
        }
    }

    static void schemes(SpecView spec, FindingCollector findings) {
        for (SpecNode source : sources(spec)) {
            if ("http".equals(source.type())) {
                for (SpecNode uri : source.get("uris").entries()) {
                    String text = uri.node().asText().toLowerCase(Locale.ROOT);
                    if (!text.startsWith("http:") && !text.startsWith("https:")) {
                        findings.add(
                                ContractCode.URI_SCHEME,
                                uri,
                                "'" + uri.node().asText() + "' is not http or https",
                                "https://...",
                                null);
                    }
                }
            }
        }
    }

    static void druidInterval(SpecView spec, FindingCollector findings) {
        for (SpecNode source : sources(spec)) {
            if ("druid".equals(source.type()) && source.has("interval") == source.has("segments")) {
                findings.add(
                        ContractCode.DRUID_INTERVAL,
                        source,
                        source.has("interval")
                                ? "there are both interval and segments"
                                : "there is neither interval nor segments",
                        "an interval",
                        null);
            }
        }
    }

    static void objects(SpecView spec, FindingCollector findings) {
        for (SpecNode source : sources(spec)) {
            if (OBJECT_STORES.contains(String.valueOf(source.type()))) {
                List<String> ways = OBJECT_WAYS.stream()
                        .filter(way -> !source.get(way).entries().isEmpty())
                        .toList();
                if (ways.size() != 1) {
                    findings.add(
                            ContractCode.OBJECTS_ONE_WAY,
                            source,
                            ways.isEmpty() ? "no objects are listed" : "there are both " + String.join(" and ", ways),
                            "exactly one of uris, prefixes and objects",
                            null);
                }
            }
        }
    }
}
