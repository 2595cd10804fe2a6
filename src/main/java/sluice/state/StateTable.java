package sluice.state;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
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

    /**
     * Items are spread over this many partitions of the due index. Each takes 1,000 write units a second, far more than a
     * tick's function makes use of; and each is a query more for every tick.
     */
    public static final int DUE_SHARDS = 2;

    private final DynamoDbClient client;
    private final String name;

    StateTable(DynamoDbClient client, @ConfigProperty(name = "sluice.table") String name) {
        this.client = client;
        this.name = name;
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

    /** Items that were due by now, the oldest of each shard first, at most this many of a shard. */
    public List<Item> due(Instant now, int mostPerShard) {
        List<Item> items = new ArrayList<>();
        for (int shard = 0; shard < DUE_SHARDS; shard++) {
            QueryRequest query = QueryRequest.builder()
                    .tableName(name)
                    .indexName(DUE_INDEX)
                    .keyConditionExpression("dueShard = :shard AND dueAt <= :now")
                    .expressionAttributeValues(Item.values()
                            .with(":shard", shard)
                            .with(":now", now)
                            .attributes())
                    .limit(mostPerShard)
                    .build();
            int before = items.size();
            for (var page : client.queryPaginator(query)) {
                page.items().forEach(attributes -> items.add(Item.of(attributes)));
                if (items.size() - before >= mostPerShard) {
                    break;
                }
            }
        }
        return List.copyOf(items);
    }
}
