package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The fields of requests that the table understands. Any other field could change what a call means. */
final class Requests {

    private static final List<String> CONDITIONAL =
            List.of("ConditionExpression", "ExpressionAttributeNames", "ExpressionAttributeValues");

    private static final Map<String, Set<String>> FIELDS = Map.ofEntries(
            Map.entry("GetItem", Set.of("TableName", "Key", "ConsistentRead")),
            Map.entry("BatchGetItem", Set.of("RequestItems")),
            Map.entry("PutItem", with(CONDITIONAL, "TableName", "Item")),
            Map.entry("UpdateItem", with(CONDITIONAL, "TableName", "Key", "UpdateExpression", "ReturnValues")),
            Map.entry("DeleteItem", with(CONDITIONAL, "TableName", "Key")),
            Map.entry("TransactWriteItems", Set.of("TransactItems", "ClientRequestToken")),
            Map.entry("Put", with(CONDITIONAL, "TableName", "Item", "ReturnValuesOnConditionCheckFailure")),
            Map.entry(
                    "Update",
                    with(CONDITIONAL, "TableName", "Key", "UpdateExpression", "ReturnValuesOnConditionCheckFailure")),
            Map.entry("Delete", with(CONDITIONAL, "TableName", "Key", "ReturnValuesOnConditionCheckFailure")),
            Map.entry(
                    "Query",
                    Set.of(
                            "TableName",
                            "IndexName",
                            "ConsistentRead",
                            "KeyConditionExpression",
                            "ExpressionAttributeNames",
                            "ExpressionAttributeValues",
                            "ScanIndexForward",
                            "Limit",
                            "ExclusiveStartKey")),
            Map.entry("Scan", Set.of("TableName", "ExclusiveStartKey", "ConsistentRead")),
            Map.entry("ExecuteStatement", Set.of("Statement", "Parameters", "Limit", "NextToken")),
            Map.entry(
                    "CreateTable",
                    Set.of("TableName", "BillingMode", "AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes")),
            Map.entry("DescribeTable", Set.of("TableName")));

    private Requests() {}

    /**
     * Checks that the table understands all of a request.
     *
     * @param kind an operation, or a write of a transaction
     * @throws DynamoDbException which names what the table does not know
     */
    static void check(String kind, JsonNode request) {
        if (!FIELDS.containsKey(kind)) {
            throw new DynamoDbException(
                    "UnknownOperationException", "The sandbox's DynamoDB does not know " + kind + " yet");
        }
        Set<String> unknown = new TreeSet<>();
        request.fieldNames().forEachRemaining(unknown::add);
        unknown.removeAll(FIELDS.get(kind));
        if (!unknown.isEmpty()) {
            throw DynamoDbException.invalid("The sandbox's DynamoDB does not know " + unknown + " of " + kind + " yet");
        }
    }

    private static Set<String> with(List<String> fields, String... more) {
        Set<String> all = new TreeSet<>(fields);
        all.addAll(List.of(more));
        return all;
    }
}
