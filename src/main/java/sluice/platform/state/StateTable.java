package sluice.platform.state;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

/**
 * The table, its due index, and the calls that Sluice makes of it. Reads are consistent: a decision on stale state is
 * the start of a task that runs twice.
 */
@ApplicationScoped
public class StateTable {

    /** Only items that want attention carry the two attributes of this index, so it costs what is due. */
    static final String DUE_INDEX = "due";

    static final String DUE_SHARD = "dueShard";
    static final String DUE_AT = "dueAt";

    /** Epoch second after which DynamoDB may remove the item. */
    public static final String TTL = "ttl";

    /** Items are spread over this many partitions of the due index; each takes 1,000 write units a second. */
    public static final int DUE_SHARDS = 16;

    private final DynamoDbClient client;
    private final String name;
    private final String dueStatement;

    @Inject
    StateTable(DynamoDbClient client, StateSettings settings) {
        this(client, settings.table());
    }

    StateTable(DynamoDbClient client, String name) {
        this.client = client;
        this.name = name;
        // All shards with one call. DynamoDB looks partitions up that an IN names, and scans nothing.
        String shards = IntStream.range(0, DUE_SHARDS).boxed().toList().toString();
        this.dueStatement = "SELECT * FROM \"" + name + "\".\"" + DUE_INDEX + "\" WHERE " + DUE_SHARD + " IN " + shards
                + " AND " + DUE_AT + " <= ?";
    }

    public DynamoDbClient client() {
        return client;
    }

    public String name() {
        return name;
    }

    public Optional<Item> get(Key key) {
        Map<String, AttributeValue> attributes = client.getItem(
                        request -> request.tableName(name).key(key.attributes()).consistentRead(true))
                .item();
        return attributes.isEmpty() ? Optional.empty() : Optional.of(Item.of(attributes));
    }

    public void put(Item item) {
        client.putItem(request -> request.tableName(name).item(item.attributes()));
    }

    /** Puts the item if the condition holds; says whether it did. */
    public boolean putIf(Item item, String condition, Item values) {
        try {
            client.putItem(request -> {
                request.tableName(name).item(item.attributes()).conditionExpression(condition);
                if (!values.attributes().isEmpty()) {
                    request.expressionAttributeValues(values.attributes());
                }
            });
            return true;
        } catch (ConditionalCheckFailedException exception) {
            return false;
        }
    }

    /** Updates the item, which need not exist, if the condition holds; returns it as it is then. */
    public Optional<Item> updateIf(Key key, String update, String condition, Item values) {
        try {
            return Optional.of(Item.of(client.updateItem(request -> request.tableName(name)
                            .key(key.attributes())
                            .updateExpression(update)
                            .conditionExpression(condition)
                            .expressionAttributeValues(values.attributes())
                            .returnValues(ReturnValue.ALL_NEW))
                    .attributes()));
        } catch (ConditionalCheckFailedException exception) {
            return Optional.empty();
        }
    }

    /** Removes the item, if it is there. */
    public void remove(Key key) {
        client.deleteItem(request -> request.tableName(name).key(key.attributes()));
    }

    /** Puts all or none, each if its condition holds. */
    public void transact(List<TransactWriteItem> writes) {
        client.transactWriteItems(request -> request.transactItems(writes));
    }

    /** A write without a condition, for a transaction. */
    public TransactWriteItem write(Item item) {
        return TransactWriteItem.builder()
                .put(Put.builder().tableName(name).item(item.attributes()).build())
                .build();
    }

    public TransactWriteItem put(Item item, String condition, Item values) {
        Put.Builder put = Put.builder()
                .tableName(name)
                .item(item.attributes())
                .conditionExpression(condition)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
        if (!values.attributes().isEmpty()) {
            put.expressionAttributeValues(values.attributes());
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    public TransactWriteItem update(Key key, String update, String condition, Item values) {
        return TransactWriteItem.builder()
                .update(Update.builder()
                        .tableName(name)
                        .key(key.attributes())
                        .updateExpression(update)
                        .conditionExpression(condition)
                        .expressionAttributeValues(values.attributes())
                        .build())
                .build();
    }

    public TransactWriteItem delete(Key key, String condition, Item values) {
        return TransactWriteItem.builder()
                .delete(Delete.builder()
                        .tableName(name)
                        .key(key.attributes())
                        .conditionExpression(condition)
                        .expressionAttributeValues(values.attributes())
                        .build())
                .build();
    }

    /** The partition of the due index in which an item lies. */
    public static int shard(String spreadBy) {
        return Math.floorMod(spreadBy.hashCode(), DUE_SHARDS);
    }

    /** Marks an item as due at a time; without a time the item does not enter the index. */
    public static Item due(Item item, String spreadBy, Instant dueAt) {
        return dueAt == null ? item : item.with(DUE_SHARD, shard(spreadBy)).with(DUE_AT, dueAt);
    }

    /**
     * Items that were due by now, the oldest first. Where there are more than are asked for, which of them come depends on
     * their shards; those that are left stay due.
     */
    public List<Item> due(Instant now, int most) {
        List<Item> items = new ArrayList<>();
        String next = null;
        do {
            ExecuteStatementResponse page = client.executeStatement(ExecuteStatementRequest.builder()
                    .statement(dueStatement)
                    .parameters(Item.values().with(":now", now).attributes().values())
                    .limit(most - items.size())
                    .nextToken(next)
                    .build());
            page.items().forEach(attributes -> items.add(Item.of(attributes)));
            next = page.nextToken();
        } while (next != null && items.size() < most);
        items.sort(Comparator.comparing(item -> item.time(DUE_AT).orElse(Instant.EPOCH)));
        return List.copyOf(items);
    }
}
