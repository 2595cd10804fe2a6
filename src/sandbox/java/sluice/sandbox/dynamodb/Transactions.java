package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.Write;

/**
 * Transactions, which are idempotent for ten minutes by their token: the SDK gives each call one, and repeats a call with
 * the same.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">API</a>
 */
final class Transactions {

    private static final Duration TOKEN_VALID = Duration.ofMinutes(10);

    private final Tables tables;
    private final Clock clock;
    private final Map<String, Done> done = new LinkedHashMap<>();

    Transactions(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    private record Done(JsonNode items, Instant at) {}

    ObjectNode write(JsonNode request) {
        JsonNode items = request.path("TransactItems");
        String token = request.path("ClientRequestToken").asText("");
        done.values().removeIf(earlier -> earlier.at().plus(TOKEN_VALID).isBefore(clock.instant()));
        Done earlier = done.get(token);
        if (earlier == null) {
            make(items);
            if (!token.isEmpty()) {
                done.put(token, new Done(items, clock.instant()));
            }
        } else if (!earlier.items().equals(items)) {
            throw new DynamoDbException(
                    "IdempotentParameterMismatchException", "The token was used for another transaction: " + token);
        }
        return JsonNodeFactory.instance.objectNode();
    }

    private void make(JsonNode items) {
        List<Write> writes = new ArrayList<>();
        List<Boolean> returnsItem = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode item : items) {
            item.properties().forEach(write -> {
                writes.add(Operations.write(write.getKey(), write.getValue()));
                returnsItem.add(write.getValue()
                        .path("ReturnValuesOnConditionCheckFailure")
                        .asText()
                        .equals("ALL_OLD"));
                names.add(write.getValue().path("TableName").asText());
            });
        }
        if (names.size() != 1) {
            throw DynamoDbException.invalid("A transaction of Sluice writes one table, not " + names);
        }
        try {
            tables.table(names.iterator().next()).transact(writes);
        } catch (TransactionCancelledException exception) {
            throw cancelled(exception, writes, returnsItem);
        }
    }

    private static DynamoDbException cancelled(
            TransactionCancelledException exception, List<Write> writes, List<Boolean> returnsItem) {
        ArrayNode reasons = JsonNodeFactory.instance.arrayNode();
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < writes.size(); i++) {
            Write write = writes.get(i);
            Optional<Failure> failure = exception.failures().stream()
                    .filter(candidate -> candidate.key().equals(write.key()))
                    .findFirst();
            String code = failure.map(Transactions::code).orElse("None");
            ObjectNode reason = reasons.addObject().put("Code", code);
            if (returnsItem.get(i)) {
                failure.flatMap(Failure::stored).ifPresent(item -> reason.set("Item", JsonItems.json(item)));
            }
            codes.add(code);
        }
        return new DynamoDbException(
                        "TransactionCanceledException",
                        "Transaction cancelled, please refer cancellation reasons for specific reasons " + codes)
                .with("CancellationReasons", reasons);
    }

    private static String code(Failure failure) {
        return switch (failure.reason()) {
            case CONDITION_FAILED -> "ConditionalCheckFailed";
            case CONFLICT -> "TransactionConflict";
            case THROTTLED -> "ThrottlingError";
            case REFUSED -> "ValidationError";
        };
    }
}
