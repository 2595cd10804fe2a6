package sluice.platform.state;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** The state table in DynamoDB. Terraform and {@code infra/sandbox/table.json} create it. */
@ApplicationScoped
class DynamoDbStateTable implements StateTable {

    private static final String DUE_INDEX = "due";
    private static final String RUNS_INDEX = "runs";

    /** How often the rest of a batch is asked for. Pauses double, so these are seven seconds. */
    private static final int MOST_ROUNDS = 10;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(7);

    private final DynamoDbClient client;
    private final String name;
    private final String dueStatement;

    @Inject
    DynamoDbStateTable(DynamoDbClient client, StateSettings settings) {
        this(client, settings.table());
    }

    DynamoDbStateTable(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
        // One call reads all partitions: DynamoDB looks up those that IN lists, at most 50, without a scan.
        String shards = IntStream.range(0, DueLane.values().length * DUE_SHARDS)
                .boxed()
                .toList()
                .toString();
        this.dueStatement = "SELECT * FROM \"" + name + "\".\"" + DUE_INDEX + "\" WHERE " + DUE_SHARD + " IN " + shards
                + " AND " + DUE_AT + " <= ?";
    }

    @Override
    public Optional<Item> get(Key key) {
        Map<String, AttributeValue> attributes = answer(() -> client.getItem(request ->
                        request.tableName(name).key(DynamoDbItems.key(key)).consistentRead(true)))
                .item();
        return attributes.isEmpty() ? Optional.empty() : Optional.of(DynamoDbItems.item(attributes));
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        List<Item> items = new ArrayList<>();
        Map<String, KeysAndAttributes> wanted = Map.of(
                name,
                KeysAndAttributes.builder()
                        .keys(keys.stream().map(DynamoDbItems::key).toList())
                        .consistentRead(true)
                        .build());
        for (int round = 0; !wanted.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new StateException(StateException.Code.THROTTLED, "a batch of items was never read as a whole");
            }
            pause(round);
            Map<String, KeysAndAttributes> asked = wanted;
            BatchGetItemResponse page = answer(() -> client.batchGetItem(request -> request.requestItems(asked)));
            page.responses()
                    .getOrDefault(name, List.of())
                    .forEach(attributes -> items.add(DynamoDbItems.item(attributes)));
            wanted = page.unprocessedKeys();
        }
        return List.copyOf(items);
    }

    /** DynamoDB reads a part of a batch if all of it is too much at once. The SDK does not repeat the rest. */
    private static void pause(int round) {
        if (round == 0) {
            return;
        }
        try {
            Thread.sleep(FIRST_PAUSE.toMillis() << round);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new StateException(StateException.Code.TIMED_OUT, "interrupted between parts of a batch");
        }
    }

    @Override
    public void put(Item item) {
        answer(() -> client.putItem(request -> request.tableName(name).item(DynamoDbItems.attributes(item))));
    }

    @Override
    public boolean putIf(Item item, Condition condition) {
        DynamoDbExpression expression = new DynamoDbExpression();
        return answerIf(() -> client.putItem(request -> request.tableName(name)
                        .item(DynamoDbItems.attributes(item))
                        .conditionExpression(expression.condition(condition))
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values())))
                .isPresent();
    }

    @Override
    public Optional<Item> updateIf(Key key, Changes changes, Condition condition) {
        DynamoDbExpression expression = new DynamoDbExpression();
        return answerIf(() -> client.updateItem(request -> request.tableName(name)
                        .key(DynamoDbItems.key(key))
                        .updateExpression(expression.update(changes))
                        .conditionExpression(expression.condition(condition))
                        .expressionAttributeNames(expression.names())
                        .expressionAttributeValues(expression.values())
                        .returnValues(ReturnValue.ALL_NEW)))
                .map(response -> DynamoDbItems.item(response.attributes()));
    }

    @Override
    public void remove(Key key) {
        answer(() -> client.deleteItem(request -> request.tableName(name).key(DynamoDbItems.key(key))));
    }

    @Override
    public void transact(List<Write> writes) {
        List<TransactWriteItem> items = writes.stream().map(this::item).toList();
        answer(() -> {
            try {
                return client.transactWriteItems(request -> request.transactItems(items));
            } catch (TransactionCanceledException exception) {
                throw DynamoDbFailures.of(exception, writes);
            }
        });
    }

    @Override
    public ItemPage query(Query query) {
        DynamoDbExpression expression = new DynamoDbExpression();
        QueryRequest.Builder request = QueryRequest.builder()
                .tableName(name)
                .keyConditionExpression(expression.keys(query))
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .scanIndexForward(!query.descending());
        switch (query.index()) {
            case TABLE -> request.consistentRead(true);
            case RUNS -> request.indexName(RUNS_INDEX);
        }
        if (query.limit() != Query.NO_LIMIT) {
            request.limit(query.limit());
        }
        if (query.after() != null) {
            request.exclusiveStartKey(startKey(query, query.after()));
        }
        QueryResponse response = answer(() -> client.query(request.build()));
        return new ItemPage(
                response.items().stream().map(DynamoDbItems::item).toList(),
                response.hasLastEvaluatedKey() ? position(query.index(), response.lastEvaluatedKey()) : null);
    }

    @Override
    public List<Item> due(Instant until, int most) {
        ExecuteStatementResponse first = statement(dueStatement, until, most, null);
        List<Item> items = new ArrayList<>();
        if (first.nextToken() == null) {
            first.items().forEach(attributes -> items.add(DynamoDbItems.item(attributes)));
        } else {
            for (DueLane lane : DueLane.values()) {
                items.addAll(shares(lane, until, most));
            }
        }
        items.sort(Comparator.comparing(item -> item.time(DUE_AT).orElse(Instant.EPOCH)));
        return List.copyOf(items);
    }

    @Override
    public NextDue nextDue(Instant until, Predicate<Item> wanted) {
        boolean isEmpty = true;
        Optional<Instant> earliest;
        String next = null;
        do {
            ExecuteStatementResponse page = statement(dueStatement, until, GLANCE, next);
            isEmpty &= page.items().isEmpty();
            earliest = page.items().stream()
                    .map(DynamoDbItems::item)
                    .filter(wanted)
                    .flatMap(item -> item.time(DUE_AT).stream())
                    .min(Comparator.naturalOrder());
            next = page.nextToken();
        } while (earliest.isEmpty() && next != null);
        return new NextDue(isEmpty, earliest);
    }

    private List<Item> shares(DueLane lane, Instant until, int most) {
        int share = DueShare.of(lane, most);
        Map<Key, Item> items = new LinkedHashMap<>();
        for (long shard = lane.first(); shard < lane.first() + DUE_SHARDS; shard++) {
            List<Item> oldest = ordered(shard, "ASC", until, share);
            oldest.forEach(item -> items.put(Key.of(item), item));
            if (lane == DueLane.BACKLOG && oldest.size() == share) {
                ordered(shard, "DESC", until, share).forEach(item -> items.put(Key.of(item), item));
            }
        }
        return List.copyOf(items.values());
    }

    private List<Item> ordered(long shard, String order, Instant until, int most) {
        String statement = "SELECT * FROM \"" + name + "\".\"" + DUE_INDEX + "\" WHERE " + DUE_SHARD + " = " + shard
                + " AND " + DUE_AT + " <= ? ORDER BY " + DUE_AT + " " + order;
        List<Item> items = new ArrayList<>();
        String next = null;
        do {
            ExecuteStatementResponse page = statement(statement, until, most - items.size(), next);
            page.items().forEach(attributes -> items.add(DynamoDbItems.item(attributes)));
            next = page.nextToken();
        } while (next != null && items.size() < most);
        return items;
    }

    private ExecuteStatementResponse statement(String statement, Instant until, int most, @Nullable String next) {
        return answer(() -> client.executeStatement(request -> request.statement(statement)
                .parameters(DynamoDbItems.attribute(Value.of(until)))
                .limit(most)
                .nextToken(next)));
    }

    /** A write of a transaction. DynamoDB returns the stored item if the condition fails. */
    private TransactWriteItem item(Write write) {
        DynamoDbExpression expression = new DynamoDbExpression();
        TransactWriteItem.Builder item = TransactWriteItem.builder();
        if (write instanceof Write.Put put) {
            item.put(Put.builder()
                    .tableName(name)
                    .item(DynamoDbItems.attributes(put.item()))
                    .conditionExpression(expression.condition(put.condition()))
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
        } else if (write instanceof Write.Update update) {
            item.update(Update.builder()
                    .tableName(name)
                    .key(DynamoDbItems.key(update.key()))
                    .updateExpression(expression.update(update.changes()))
                    .conditionExpression(expression.condition(update.condition()))
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
        } else if (write instanceof Write.Delete delete) {
            item.delete(Delete.builder()
                    .tableName(name)
                    .key(DynamoDbItems.key(delete.key()))
                    .conditionExpression(expression.condition(delete.condition()))
                    .expressionAttributeNames(expression.names())
                    .expressionAttributeValues(expression.values())
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
        }
        return item.build();
    }

    private static Map<String, AttributeValue> startKey(Query query, Query.Position position) {
        Map<String, AttributeValue> start = new HashMap<>(DynamoDbItems.key(position.key()));
        start.put(query.index().partitionKey(), AttributeValue.fromS(query.partition()));
        start.put(query.index().sortKey(), AttributeValue.fromS(position.sort()));
        return start;
    }

    private static Query.Position position(Query.Index index, Map<String, AttributeValue> start) {
        AttributeValue sort = Objects.requireNonNull(start.get(index.sortKey()), index.sortKey());
        return new Query.Position(Key.of(DynamoDbItems.item(start)), sort.s());
    }

    /** Returns the answer, or empty if the call's condition did not hold. */
    private static <T> Optional<T> answerIf(Supplier<T> call) {
        return answer(() -> {
            try {
                return Optional.of(call.get());
            } catch (ConditionalCheckFailedException exception) {
                return Optional.empty();
            }
        });
    }

    private static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException exception) {
            throw DynamoDbFailures.of(exception);
        }
    }
}
