package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.ItemPage;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateException;
import sluice.platform.state.Value;
import sluice.platform.state.Write;
import sluice.simulation.InMemoryStateTable;

/**
 * The operations of DynamoDB's API that Sluice uses, one at a time.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Operations_Amazon_DynamoDB.html">API</a>
 */
final class Operations {

    private final Tables tables;
    private final Transactions transactions;

    Operations(Tables tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    /**
     * Does what a request asks for.
     *
     * @param operation such as {@code PutItem}
     * @throws DynamoDbException what DynamoDB answers instead
     * @throws StateException what the table says, see {@link Failures}
     */
    ObjectNode answer(String operation, JsonNode request) {
        Requests.check(operation, request);
        return switch (operation) {
            case "GetItem" -> get(request);
            case "BatchGetItem" -> getAll(request.path("RequestItems"));
            case "PutItem" -> put(request);
            case "UpdateItem" -> update(request);
            case "DeleteItem" -> delete(request);
            case "TransactWriteItems" -> transactions.write(request);
            case "Query" -> query(request);
            case "Scan" -> Scan.page(table(request), request.path("ExclusiveStartKey"));
            case "ExecuteStatement" -> DueStatement.of(request).page(tables);
            case "CreateTable" -> tables.create(request);
            case "DescribeTable" -> tables.describe(request.path("TableName").asText());
            default -> throw new IllegalStateException(operation);
        };
    }

    private ObjectNode get(JsonNode request) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        table(request)
                .get(JsonItems.key(request.path("Key")))
                .ifPresent(item -> answer.set("Item", JsonItems.json(item)));
        return answer;
    }

    private ObjectNode getAll(JsonNode requests) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ObjectNode found = answer.putObject("Responses");
        answer.putObject("UnprocessedKeys");
        requests.properties().forEach(request -> {
            InMemoryStateTable table = tables.table(request.getKey());
            ArrayNode items = found.putArray(request.getKey());
            List<Key> keys = new ArrayList<>();
            request.getValue().path("Keys").forEach(key -> keys.add(JsonItems.key(key)));
            table.getAll(keys).forEach(item -> items.add(JsonItems.json(item)));
        });
        return answer;
    }

    private ObjectNode put(JsonNode request) {
        Expressions expressions = new Expressions(request);
        Condition condition = expressions.condition();
        expressions.requireAllUsed();
        if (!table(request).putIf(JsonItems.item(request.path("Item")), condition)) {
            throw conditionFailed();
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode update(JsonNode request) {
        Expressions expressions = new Expressions(request);
        Changes changes = expressions.changes();
        Condition condition = expressions.condition();
        expressions.requireAllUsed();
        Optional<Item> after = table(request).updateIf(JsonItems.key(request.path("Key")), changes, condition);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Item item = after.orElseThrow(Operations::conditionFailed);
        switch (request.path("ReturnValues").asText("NONE")) {
            case "ALL_NEW" -> answer.set("Attributes", JsonItems.json(item));
            case "NONE" -> {}
            default -> throw DynamoDbException.invalid("The sandbox's DynamoDB returns ALL_NEW or NONE");
        }
        return answer;
    }

    private ObjectNode delete(JsonNode request) {
        Expressions expressions = new Expressions(request);
        Key key = JsonItems.key(request.path("Key"));
        if (!(expressions.condition() instanceof Condition.Always)) {
            throw DynamoDbException.invalid("The sandbox's DynamoDB deletes on a condition in a transaction only");
        }
        table(request).remove(key);
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode query(JsonNode request) {
        Query.Index index =
                switch (request.path("IndexName").asText("")) {
                    case "" -> Query.Index.TABLE;
                    case "runs" -> Query.Index.RUNS;
                    default -> throw DynamoDbException.invalid("The table does not have the specified index");
                };
        if (index != Query.Index.TABLE && request.path("ConsistentRead").asBoolean()) {
            throw DynamoDbException.invalid("Consistent reads are not supported on global secondary indexes");
        }
        Expressions expressions = new Expressions(request);
        Expressions.KeyCondition keys = expressions.keys(index);
        JsonNode start = request.path("ExclusiveStartKey");
        Query query = new Query(
                index,
                keys.partition(),
                keys.range(),
                !request.path("ScanIndexForward").asBoolean(true),
                request.path("Limit").asInt(Query.NO_LIMIT),
                start.isMissingNode() ? null : position(index, start));
        expressions.requireAllUsed();
        ItemPage page = table(request).query(query);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode items = answer.putArray("Items");
        page.items().forEach(item -> items.add(JsonItems.json(item)));
        answer.put("Count", items.size()).put("ScannedCount", items.size());
        if (page.next() != null) {
            ObjectNode last = JsonItems.json(page.next().key());
            last.set(index.partitionKey(), JsonItems.json(Value.of(query.partition())));
            last.set(index.sortKey(), JsonItems.json(Value.of(page.next().sort())));
            answer.set("LastEvaluatedKey", last);
        }
        return answer;
    }

    private static Query.Position position(Query.Index index, JsonNode start) {
        return new Query.Position(
                new Key(
                        start.path(Key.PK).path("S").asText(),
                        start.path(Key.SK).path("S").asText()),
                start.path(index.sortKey()).path("S").asText());
    }

    private InMemoryStateTable table(JsonNode request) {
        return tables.table(request.path("TableName").asText());
    }

    private static DynamoDbException conditionFailed() {
        return new DynamoDbException("ConditionalCheckFailedException", "The conditional request failed");
    }

    /** A write of a transaction. */
    static Write write(String kind, JsonNode request) {
        Requests.check(kind, request);
        Expressions expressions = new Expressions(request);
        Write write =
                switch (kind) {
                    case "Put" -> Write.put(JsonItems.item(request.path("Item")), expressions.condition());
                    case "Update" ->
                        Write.update(
                                JsonItems.key(request.path("Key")), expressions.changes(), expressions.condition());
                    case "Delete" -> Write.delete(JsonItems.key(request.path("Key")), expressions.condition());
                    default -> throw new IllegalStateException(kind);
                };
        expressions.requireAllUsed();
        return write;
    }
}
