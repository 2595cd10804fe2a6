package sluice.sandbox.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.sandbox.DynamoDb;
import sluice.simulation.TableCall;
import sluice.simulation.TableFailures;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What the contract of the state table does not ask: the protocol itself, and what the server refuses. */
class DynamoDbServerTest {

    private static final Map<String, AttributeValue> KEY =
            Map.of("pk", AttributeValue.fromS("run#1"), "sk", AttributeValue.fromS("run"));

    private DynamoDb dynamoDb;
    private DynamoDbClient client;
    private String table;

    @BeforeEach
    void start() {
        dynamoDb = DynamoDb.start(0);
        client = dynamoDb.client();
        table = dynamoDb.table();
        dynamoDb.createTable(table);
    }

    @AfterEach
    void stop() {
        dynamoDb.close();
    }

    @Test
    void aRepeatedTransactionIsMadeOnce() {
        // Given
        TransactWriteItemsRequest request = transaction(UUID.randomUUID().toString(), "ADD #n :one");
        client.transactWriteItems(request);

        // When
        client.transactWriteItems(request);

        // Then
        assertThat(stored()).containsEntry("n", AttributeValue.fromN("1"));
    }

    @Test
    void aTokenBelongsToOneTransaction() {
        // Given
        String token = UUID.randomUUID().toString();
        client.transactWriteItems(transaction(token, "ADD #n :one"));

        // When, then
        assertThatThrownBy(() -> client.transactWriteItems(transaction(token, "SET #n = :one")))
                .isInstanceOf(IdempotentParameterMismatchException.class);
    }

    @Test
    void aCancelledTransactionSaysWhichWriteFailed() {
        // Given
        client.putItem(request -> request.tableName(table).item(KEY));
        TransactWriteItem passes = TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(Map.of("pk", AttributeValue.fromS("a"), "sk", AttributeValue.fromS("b"))))
                .build();
        TransactWriteItem fails = TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(KEY)
                        .conditionExpression("attribute_not_exists(#pk)")
                        .expressionAttributeNames(Map.of("#pk", "pk")))
                .build();

        // When, then
        assertThatThrownBy(() -> client.transactWriteItems(request -> request.transactItems(passes, fails)))
                .isInstanceOfSatisfying(
                        TransactionCanceledException.class, exception -> assertThat(exception.cancellationReasons())
                                .extracting(reason -> reason.code())
                                .containsExactly("None", "ConditionalCheckFailed"));
        assertThat(client.scan(request -> request.tableName(table)).items()).containsExactly(KEY);
    }

    @Test
    void theSdkRepeatsAThrottledCall() {
        // Given
        TableFailures failures = new TableFailures().throttle(call -> call.kind() == TableCall.Kind.PUT);
        dynamoDb.with(table, stateTable -> stateTable.observer(failures));

        // When
        client.putItem(request -> request.tableName(table).item(KEY));

        // Then
        assertThat(stored()).isEqualTo(KEY);
        assertThat(failures.isDone()).isTrue();
    }

    @Test
    void anIndexCanLag() {
        // Given
        dynamoDb.with(table, stateTable -> stateTable.indexLag(() -> Duration.ofHours(1)));
        client.putItem(request -> request.tableName(table)
                .item(Map.of(
                        "pk", AttributeValue.fromS("run#1"),
                        "sk", AttributeValue.fromS("run"),
                        "datasource", AttributeValue.fromS("wiki"),
                        "createdAt", AttributeValue.fromS("2026-01-01"))));

        // When
        List<Map<String, AttributeValue>> runs = client.query(request -> request.tableName(table)
                        .indexName("runs")
                        .keyConditionExpression("#d = :d")
                        .expressionAttributeNames(Map.of("#d", "datasource"))
                        .expressionAttributeValues(Map.of(":d", AttributeValue.fromS("wiki"))))
                .items();

        // Then
        assertThat(runs).isEmpty();
        assertThat(stored()).containsKey("datasource");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#pk = :unknown", "pk = :a", "#pk = :a AND", "size(#pk) = :a", "#pk = :a ; #pk", "#pk ~ :a"})
    void anExpressionThatItDoesNotReadIsRefused(String expression) {
        // When, then
        assertThatThrownBy(() -> client.putItem(request -> request.tableName(table)
                        .item(KEY)
                        .conditionExpression(expression)
                        .expressionAttributeNames(Map.of("#pk", "pk"))
                        .expressionAttributeValues(Map.of(":a", AttributeValue.fromS("a")))))
                .isInstanceOfSatisfying(DynamoDbException.class, exception -> assertThat(
                                exception.awsErrorDetails().errorCode())
                        .isEqualTo("ValidationException"));
    }

    @Test
    void aValueThatNoExpressionUsesIsRefused() {
        // When, then
        assertThatThrownBy(() -> client.putItem(request -> request.tableName(table)
                        .item(KEY)
                        .conditionExpression("attribute_exists(#pk)")
                        .expressionAttributeNames(Map.of("#pk", "pk"))
                        .expressionAttributeValues(Map.of(":a", AttributeValue.fromS("a")))))
                .hasMessageContaining("unused in expressions: [:a]");
    }

    @Test
    void aFieldThatItDoesNotKnowIsRefused() {
        // When, then
        assertThatThrownBy(() -> client.getItem(
                        request -> request.tableName(table).key(KEY).projectionExpression("pk")))
                .hasMessageContaining("does not know [ProjectionExpression] of GetItem");
    }

    @Test
    void anOperationThatItDoesNotKnowIsRefused() {
        // When, then
        assertThatThrownBy(() -> client.listTables()).hasMessageContaining("does not know ListTables");
    }

    @Test
    void aTableExistsOnce() {
        // When, then
        assertThatThrownBy(() -> client.createTable(request -> request.tableName(table)
                        .keySchema(key -> key.attributeName("pk").keyType("HASH"), key -> key.attributeName("sk")
                                .keyType("RANGE"))
                        .globalSecondaryIndexes(
                                index -> index.indexName("due")
                                        .keySchema(
                                                key -> key.attributeName("dueShard")
                                                        .keyType("HASH"),
                                                key -> key.attributeName("dueAt")
                                                        .keyType("RANGE")),
                                index -> index.indexName("runs")
                                        .keySchema(
                                                key -> key.attributeName("datasource")
                                                        .keyType("HASH"),
                                                key -> key.attributeName("createdAt")
                                                        .keyType("RANGE")))))
                .isInstanceOf(ResourceInUseException.class);
    }

    @Test
    void aTableWithOtherKeysIsRefused() {
        // When, then
        assertThatThrownBy(() -> client.createTable(request -> request.tableName("other")
                        .keySchema(key -> key.attributeName("id").keyType("HASH"))))
                .hasMessageContaining("must have the keys pk:HASH, sk:RANGE");
    }

    @Test
    void aMissingTableIsNotFound() {
        // When, then
        assertThatThrownBy(() ->
                        client.getItem(request -> request.tableName("missing").key(KEY)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private Map<String, AttributeValue> stored() {
        return client.getItem(request -> request.tableName(table).key(KEY)).item();
    }

    private TransactWriteItemsRequest transaction(String token, String update) {
        return TransactWriteItemsRequest.builder()
                .clientRequestToken(token)
                .transactItems(item -> item.update(change -> change.tableName(table)
                        .key(KEY)
                        .updateExpression(update)
                        .expressionAttributeNames(Map.of("#n", "n"))
                        .expressionAttributeValues(Map.of(":one", AttributeValue.fromN("1")))))
                .build();
    }
}
