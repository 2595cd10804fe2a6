package sluice.govern.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.core.contract.ExpressionIdentifiers;
import sluice.core.definition.Definition;

/**
 * The columns of the input according to a definition.
 *
 * @param timestamp the column of the timestamp
 * @param wanted columns that the definition loads, with their declared kinds
 * @param mentioned all names anywhere in the schema; none of them is new
 * @param pointers places of the wanted columns in the definition, as JSON Pointers
 * @param isOpen whether Druid loads columns that the definition does not name
 */
record DeclaredColumns(
        String timestamp,
        Map<String, ColumnKind> wanted,
        Set<String> mentioned,
        Map<String, String> pointers,
        boolean isOpen) {

    private static final String DEFAULT_TIMESTAMP = "timestamp";
    private static final Set<String> NAMES = Set.of("fieldName", "column", "dimension", "name", "dimName");
    private static final Set<String> LISTS =
            Set.of("fieldNames", "fields", "dims", "dimensionExclusions", "dimensions", "columns");

    DeclaredColumns {
        wanted = Map.copyOf(wanted);
        mentioned = Set.copyOf(mentioned);
        pointers = Map.copyOf(pointers);
    }

    static DeclaredColumns of(Definition definition) {
        return new Reader(definition.document().path("schema")).read();
    }

    private static final class Reader {

        private final JsonNode schema;
        private final Map<String, ColumnKind> wanted = new TreeMap<>();
        private final Map<String, String> pointers = new TreeMap<>();
        private final Set<String> mentioned = new TreeSet<>();

        Reader(JsonNode schema) {
            this.schema = schema;
        }

        DeclaredColumns read() {
            String timestamp = schema.at("/timestampSpec/column").asText(DEFAULT_TIMESTAMP);
            JsonNode dimensions = schema.at("/dimensionsSpec/dimensions");
            for (int index = 0; index < dimensions.size(); index++) {
                JsonNode dimension = dimensions.get(index);
                String name = dimension.isTextual()
                        ? dimension.textValue()
                        : dimension.path("name").asText();
                want(
                        name,
                        declared(dimension.path("type").asText("string")),
                        "/schema/dimensionsSpec/dimensions/" + index);
            }
            JsonNode metrics = schema.path("metricsSpec");
            for (int index = 0; index < metrics.size(); index++) {
                JsonNode field = metrics.get(index).path("fieldName");
                if (field.isTextual()) {
                    want(
                            field.textValue(),
                            metric(metrics.get(index).path("type").asText()),
                            "/schema/metricsSpec/" + index + "/fieldName");
                }
            }
            mention(schema);
            mentioned.add(timestamp);
            Set<String> produced = new HashSet<>();
            schema.at("/transformSpec/transforms")
                    .forEach(transform -> produced.add(transform.path("name").asText()));
            produced.forEach(wanted::remove);
            wanted.putIfAbsent(timestamp, ColumnKind.UNKNOWN);
            pointers.putIfAbsent(timestamp, "/schema/timestampSpec");
            boolean open = schema.at("/dimensionsSpec/useSchemaDiscovery").asBoolean()
                    || schema.at("/dimensionsSpec/includeAllDimensions").asBoolean()
                    || dimensions.isEmpty()
                            && schema.at("/dimensionsSpec/spatialDimensions").isEmpty();
            return new DeclaredColumns(timestamp, wanted, mentioned, pointers, open);
        }

        private void want(String name, ColumnKind kind, String pointer) {
            // A column of both a dimension and a metric has to satisfy both.
            wanted.merge(name, kind, (left, right) -> left.isNumeric() ? left : right);
            pointers.putIfAbsent(name, pointer);
        }

        private void mention(JsonNode node) {
            node.forEach(value -> {
                if (value.isContainerNode()) {
                    mention(value);
                }
            });
            if (node instanceof ObjectNode object) {
                object.properties().forEach(field -> {
                    JsonNode value = field.getValue();
                    if (NAMES.contains(field.getKey()) && value.isTextual()) {
                        mentioned.add(value.textValue());
                    } else if (LISTS.contains(field.getKey()) && value.isArray()) {
                        value.forEach(name -> {
                            if (name.isTextual()) {
                                mentioned.add(name.textValue());
                            }
                        });
                    } else if (value.isTextual()
                            && (field.getKey().equals("expression")
                                    || field.getKey().equals("fold"))) {
                        mentioned.addAll(ExpressionIdentifiers.of(value.textValue()));
                    }
                });
            }
        }

        private static ColumnKind declared(String type) {
            return switch (type) {
                case "long" -> ColumnKind.LONG;
                case "float", "double" -> ColumnKind.DOUBLE;
                case "string" -> ColumnKind.STRING;
                default -> ColumnKind.UNKNOWN;
            };
        }

        private static ColumnKind metric(String type) {
            if (type.startsWith("long")) {
                return ColumnKind.LONG;
            }
            return type.startsWith("double") || type.startsWith("float") ? ColumnKind.DOUBLE : ColumnKind.UNKNOWN;
        }
    }
}
