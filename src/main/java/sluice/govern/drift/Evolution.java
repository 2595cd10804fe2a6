package sluice.govern.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;
import java.util.Optional;

/**
 * Adds columns to the text of a definition. Variables stay as written. Comments and layout are lost, because the document
 * is written anew.
 */
final class Evolution {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    private Evolution() {}

    /** Returns the text with the columns as further dimensions; empty if it is not a document. */
    static Optional<String> text(String text, List<ColumnDrift.New> columns) {
        boolean isJson = text.stripLeading().startsWith("{");
        try {
            JsonNode document = (isJson ? JSON : YAML).readTree(text);
            if (!(document instanceof ObjectNode object)) {
                return Optional.empty();
            }
            add(object, columns);
            return Optional.of(
                    isJson
                            ? JSON.writerWithDefaultPrettyPrinter().writeValueAsString(object)
                            : YAML.writeValueAsString(object));
        } catch (JsonProcessingException exception) {
            return Optional.empty();
        }
    }

    /** Adds the columns to a document, in place. */
    static void add(ObjectNode document, List<ColumnDrift.New> columns) {
        ObjectNode spec = document.withObject("/schema/dimensionsSpec");
        ArrayNode dimensions = spec.get("dimensions") instanceof ArrayNode list ? list : spec.putArray("dimensions");
        columns.forEach(column -> dimensions.add(dimension(column)));
    }

    private static JsonNode dimension(ColumnDrift.New column) {
        return switch (column.kind()) {
            case STRING, LONG_TEXT, DOUBLE_TEXT, UNKNOWN -> JsonNodeFactory.instance.textNode(column.column());
            case LONG -> typed("long", column);
            case DOUBLE -> typed("double", column);
            case ARRAY -> typed("auto", column);
            case JSON -> typed("json", column);
        };
    }

    private static ObjectNode typed(String type, ColumnDrift.New column) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("name", column.column());
    }
}
