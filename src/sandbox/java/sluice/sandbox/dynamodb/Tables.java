package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import sluice.simulation.InMemoryStateTable;

/** The tables of one DynamoDB. All of them are state tables. */
final class Tables {

    private static final String KEYS = "pk:HASH, sk:RANGE";
    private static final Map<String, String> INDEXES =
            Map.of("due", "dueShard:HASH, dueAt:RANGE", "runs", "datasource:HASH, createdAt:RANGE");

    private final Map<String, InMemoryStateTable> tables = new TreeMap<>();
    private final Clock clock;

    Tables(Clock clock) {
        this.clock = clock;
    }

    /** @throws DynamoDbException if there is no such table */
    InMemoryStateTable table(String name) {
        InMemoryStateTable table = tables.get(name);
        if (table == null) {
            throw new DynamoDbException(
                    "ResourceNotFoundException", "Cannot do operations on a non-existent table: " + name);
        }
        return table;
    }

    /** @throws DynamoDbException if the table exists, or has other keys or indexes than a state table */
    ObjectNode create(JsonNode request) {
        String name = request.path("TableName").asText();
        Set<String> indexes = new TreeSet<>();
        for (JsonNode index : request.path("GlobalSecondaryIndexes")) {
            String indexName = index.path("IndexName").asText();
            indexes.add(indexName);
            requireKeys(indexName, index, INDEXES.get(indexName));
        }
        requireKeys(name, request, KEYS);
        if (!indexes.equals(INDEXES.keySet())) {
            throw DynamoDbException.invalid("A state table has the indexes " + INDEXES.keySet() + ", not " + indexes);
        }
        if (tables.putIfAbsent(name, new InMemoryStateTable(clock)) != null) {
            throw new DynamoDbException("ResourceInUseException", "Cannot create preexisting table: " + name);
        }
        return description("TableDescription", name);
    }

    ObjectNode describe(String name) {
        table(name);
        return description("Table", name);
    }

    private static void requireKeys(String owner, JsonNode schema, String expected) {
        StringBuilder keys = new StringBuilder();
        for (JsonNode key : schema.path("KeySchema")) {
            keys.append(keys.isEmpty() ? "" : ", ")
                    .append(key.path("AttributeName").asText())
                    .append(':')
                    .append(key.path("KeyType").asText());
        }
        if (!keys.toString().equals(expected)) {
            throw DynamoDbException.invalid(owner + " must have the keys " + expected + ", not " + keys);
        }
    }

    private static ObjectNode description(String field, String name) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.putObject(field).put("TableName", name).put("TableStatus", "ACTIVE");
        return answer;
    }
}
