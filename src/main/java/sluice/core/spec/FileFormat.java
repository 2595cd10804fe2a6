package sluice.core.spec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The formats that a file's extension names, with Druid's inputFormat (<a
 * href="https://druid.apache.org/docs/latest/ingestion/data-formats">data formats</a>). The cluster must load the
 * extensions of Parquet, ORC and Avro.
 */
enum FileFormat {
    JSON("json", List.of("json", "jsonl", "ndjson"), 1),
    CSV("csv", List.of("csv"), 1),
    TSV("tsv", List.of("tsv"), 1),
    PARQUET("parquet", List.of("parquet"), 6),
    ORC("orc", List.of("orc"), 6),
    AVRO("avro_ocf", List.of("avro"), 3);

    /** Approximate number of bytes of JSON text in one byte of the file. */
    private final int expansion;

    private final String type;
    private final List<String> extensions;

    FileFormat(String type, List<String> extensions, int expansion) {
        this.type = type;
        this.extensions = extensions;
        this.expansion = expansion;
    }

    /** Returns the format that the key's extension names, before that of a {@link Compression} if there is one. */
    static Optional<FileFormat> of(String key) {
        String name = Compression.strip(key.substring(key.lastIndexOf('/') + 1));
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return name.indexOf('.') < 0
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(format -> format.extensions.contains(extension))
                        .findFirst();
    }

    /** Returns all extensions, for a message. */
    static String known() {
        List<String> all = Arrays.stream(values())
                .flatMap(format -> format.extensions.stream())
                .toList();
        return String.join(", ", all) + ", each also with ." + String.join(", .", Compression.suffixes());
    }

    int expansion() {
        return expansion;
    }

    ObjectNode inputFormat() {
        ObjectNode inputFormat = JsonNodeFactory.instance.objectNode().put("type", type);
        return switch (this) {
            case CSV, TSV -> inputFormat.put("findColumnsFromHeader", true);
            case JSON, PARQUET, ORC, AVRO -> inputFormat;
        };
    }
}
