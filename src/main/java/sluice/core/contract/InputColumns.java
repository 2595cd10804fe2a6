package sluice.core.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns of an input that says which it has: delimited text with columns, and a flattenSpec without discovery. */
final class InputColumns {
    private InputColumns() {}

    /** Returns the names; empty if the input may have any column. */
    static Set<String> of(SpecView spec) {
        SpecNode format = spec.ioConfig().get("inputFormat");
        SpecNode parseSpec = spec.dataSchema().get("parser").get("parseSpec");
        if (!spec.isBatch() && !spec.isStream()) {
            return Set.of();
        }
        String type = format.present() ? String.valueOf(format.type()) : String.valueOf(parseSpec.text("format"));
        SpecNode owner = format.present() ? format : parseSpec;
        SpecNode flatten = owner.get("flattenSpec");
        return switch (type) {
            case "csv", "tsv", "regex" -> {
                boolean header = owner.isTrue("findColumnsFromHeader") || owner.isTrue("hasHeaderRow");
                yield header ? Set.of() : texts(owner.get("columns").entries());
            }
            case "json", "avro_stream", "avro_ocf", "parquet", "orc", "protobuf" -> {
                boolean discovers = flatten.get("useFieldDiscovery").node().asBoolean(true);
                yield discovers || !flatten.present() ? Set.of() : fields(flatten);
            }
            default -> Set.of();
        };
    }

    private static Set<String> fields(SpecNode flatten) {
        Set<String> names = new HashSet<>();
        for (SpecNode field : flatten.get("fields").entries()) {
            String name = field.node().isTextual() ? field.node().textValue() : field.text("name");
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    private static Set<String> texts(List<SpecNode> entries) {
        Set<String> names = new HashSet<>();
        entries.forEach(entry -> names.add(entry.node().asText()));
        return names;
    }
}
