package sluice.platform.state;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The expressions of one request. Every name and value is a placeholder, because DynamoDB reserves more than 500 words.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Expressions</a>
 */
final class DynamoDbExpression {

    private final Map<String, String> placeholders = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    /** Returns null instead of an empty map, which DynamoDB refuses. */
    @Nullable
    Map<String, String> names() {
        return placeholders.isEmpty()
                ? null
                : placeholders.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** Returns null instead of an empty map, which DynamoDB refuses. */
    @Nullable
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    /** Returns null for a condition that always holds. */
    @Nullable
    String condition(Condition condition) {
        return condition instanceof Condition.Always ? null : text(condition);
    }

    String update(Changes changes) {
        List<String> set = new ArrayList<>();
        List<String> add = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        for (Changes.Change change : changes.each()) {
            String name = name(change.attribute());
            if (change instanceof Changes.Change.Assign assign) {
                set.add(name + " = " + value(assign.value()));
            } else if (change instanceof Changes.Change.AssignIfAbsent assign) {
                set.add(name + " = if_not_exists(" + name + ", " + value(assign.value()) + ")");
            } else if (change instanceof Changes.Change.Add added) {
                add.add(name + " " + value(added.value()));
            } else if (change instanceof Changes.Change.Remove) {
                remove.add(name);
            }
        }
        return String.join(" ", clause("SET ", set), clause("ADD ", add), clause("REMOVE ", remove))
                .strip();
    }

    String keys(Query query) {
        String partition = name(query.index().partitionKey()) + " = " + value(Value.of(query.partition()));
        if (query.range() instanceof Query.Range.Everything) {
            return partition;
        }
        return partition + " AND " + range(name(query.index().sortKey()), query.range());
    }

    private String range(String sortKey, Query.Range range) {
        if (range instanceof Query.Range.Prefix prefix) {
            return "begins_with(" + sortKey + ", " + value(Value.of(prefix.prefix())) + ")";
        } else if (range instanceof Query.Range.Between between) {
            return sortKey + " BETWEEN " + value(Value.of(between.first())) + " AND " + value(Value.of(between.last()));
        }
        return sortKey + " >= " + value(Value.of(((Query.Range.From) range).first()));
    }

    private String text(Condition condition) {
        if (condition instanceof Condition.Has has) {
            return "attribute_exists(" + name(has.attribute()) + ")";
        } else if (condition instanceof Condition.Lacks lacks) {
            return "attribute_not_exists(" + name(lacks.attribute()) + ")";
        } else if (condition instanceof Condition.Compared compared) {
            return name(compared.attribute()) + " " + operator(compared.comparison()) + " " + value(compared.value());
        } else if (condition instanceof Condition.All all) {
            return joined(all.conditions(), " AND ");
        } else if (condition instanceof Condition.Any any) {
            return joined(any.conditions(), " OR ");
        }
        throw new IllegalArgumentException("A condition that always holds cannot be part of another one");
    }

    private String joined(List<Condition> conditions, String operator) {
        return conditions.stream().map(condition -> "(" + text(condition) + ")").collect(Collectors.joining(operator));
    }

    private static String operator(Condition.Comparison comparison) {
        return switch (comparison) {
            case EQUAL -> "=";
            case DIFFERENT -> "<>";
            case LESS -> "<";
        };
    }

    private static String clause(String word, List<String> parts) {
        return parts.isEmpty() ? "" : word + String.join(", ", parts);
    }

    private String name(String attribute) {
        return placeholders.computeIfAbsent(attribute, name -> "#n" + placeholders.size());
    }

    private String value(Value value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, DynamoDbItems.attribute(value));
        return placeholder;
    }
}
