package sluice.sandbox.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import sluice.platform.state.Changes;
import sluice.platform.state.Changes.Change;
import sluice.platform.state.Condition;
import sluice.platform.state.Condition.Comparison;
import sluice.platform.state.Query;
import sluice.platform.state.Query.Range;
import sluice.platform.state.Value;

/**
 * Reads the expressions of one request: the part of DynamoDB's grammar that Sluice writes.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html">Expressions</a>
 */
final class Expressions {

    private final JsonNode request;
    private final Placeholders placeholders;

    Expressions(JsonNode request) {
        this.request = request;
        this.placeholders = new Placeholders(request);
    }

    /** The request's condition; without one it always holds. */
    Condition condition() {
        if (!request.has("ConditionExpression")) {
            return Condition.ALWAYS;
        }
        Tokens tokens = new Tokens(request.path("ConditionExpression").asText());
        Condition condition = alternatives(tokens);
        requireEnd(tokens);
        return condition;
    }

    /** The request's update expression. */
    Changes changes() {
        Tokens tokens = new Tokens(request.path("UpdateExpression").asText());
        List<Change> changes = new ArrayList<>();
        while (!tokens.isAtEnd()) {
            String clause = tokens.next();
            do {
                changes.add(change(clause, tokens));
            } while (tokens.skip(","));
        }
        if (changes.isEmpty()) {
            throw DynamoDbException.invalid("Invalid UpdateExpression: The expression can not be empty;");
        }
        return new Changes(changes);
    }

    /** What the request's key condition asks an index for. */
    KeyCondition keys(Query.Index index) {
        Tokens tokens = new Tokens(request.path("KeyConditionExpression").asText());
        expectAttribute(index.partitionKey(), tokens);
        tokens.expect("=");
        String partition = placeholders.text(tokens.next());
        if (tokens.isAtEnd()) {
            return new KeyCondition(partition, new Range.Everything());
        }
        tokens.expect("AND");
        Range range = range(index, tokens);
        requireEnd(tokens);
        return new KeyCondition(partition, range);
    }

    /**
     * A part of an index.
     *
     * @param partition value of the partition key
     */
    record KeyCondition(String partition, Range range) {}

    /** Fails if the request brings a name or a value that no expression has used. */
    void requireAllUsed() {
        placeholders.requireAllUsed();
    }

    private Range range(Query.Index index, Tokens tokens) {
        if (tokens.skip("begins_with")) {
            tokens.expect("(");
            expectAttribute(index.sortKey(), tokens);
            tokens.expect(",");
            String prefix = placeholders.text(tokens.next());
            tokens.expect(")");
            return new Range.Prefix(prefix);
        }
        expectAttribute(index.sortKey(), tokens);
        if (tokens.skip("BETWEEN")) {
            String first = placeholders.text(tokens.next());
            tokens.expect("AND");
            return new Range.Between(first, placeholders.text(tokens.next()));
        }
        tokens.expect(">=");
        return new Range.From(placeholders.text(tokens.next()));
    }

    private void expectAttribute(String attribute, Tokens tokens) {
        if (!placeholders.name(tokens.next()).equals(attribute)) {
            throw DynamoDbException.invalid("Query condition missed key schema element: " + attribute);
        }
    }

    private Change change(String clause, Tokens tokens) {
        String attribute = placeholders.name(tokens.next());
        return switch (clause.toUpperCase(Locale.ROOT)) {
            case "SET" -> assignment(attribute, tokens);
            case "ADD" -> new Change.Add(attribute, addend(placeholders.value(tokens.next())));
            case "REMOVE" -> new Change.Remove(attribute);
            default -> throw DynamoDbException.invalid("Sluice's table does not know the clause " + clause);
        };
    }

    private Change assignment(String attribute, Tokens tokens) {
        tokens.expect("=");
        if (tokens.skip("if_not_exists")) {
            tokens.expect("(");
            expectAttribute(attribute, tokens);
            tokens.expect(",");
            Value value = placeholders.value(tokens.next());
            tokens.expect(")");
            return new Change.AssignIfAbsent(attribute, value);
        }
        return new Change.Assign(attribute, placeholders.value(tokens.next()));
    }

    private static Value addend(Value value) {
        if (value instanceof Value.Number || value instanceof Value.Texts) {
            return value;
        }
        throw DynamoDbException.invalid("Incorrect operand type for operator or function; operator: ADD");
    }

    private Condition alternatives(Tokens tokens) {
        List<Condition> any = new ArrayList<>();
        do {
            any.add(conjunction(tokens));
        } while (tokens.skip("OR"));
        return any.size() == 1 ? any.get(0) : new Condition.Any(any);
    }

    private Condition conjunction(Tokens tokens) {
        List<Condition> all = new ArrayList<>();
        do {
            all.add(term(tokens));
        } while (tokens.skip("AND"));
        return all.size() == 1 ? all.get(0) : new Condition.All(all);
    }

    private Condition term(Tokens tokens) {
        if (tokens.skip("(")) {
            Condition inner = alternatives(tokens);
            tokens.expect(")");
            return inner;
        } else if (tokens.skip("attribute_exists")) {
            return new Condition.Has(argument(tokens));
        } else if (tokens.skip("attribute_not_exists")) {
            return new Condition.Lacks(argument(tokens));
        }
        String attribute = placeholders.name(tokens.next());
        Comparison comparison = comparison(tokens);
        return new Condition.Compared(attribute, comparison, placeholders.value(tokens.next()));
    }

    private String argument(Tokens tokens) {
        tokens.expect("(");
        String attribute = placeholders.name(tokens.next());
        tokens.expect(")");
        return attribute;
    }

    private static Comparison comparison(Tokens tokens) {
        if (tokens.skip("=")) {
            return Comparison.EQUAL;
        } else if (tokens.skip("<>")) {
            return Comparison.DIFFERENT;
        } else if (tokens.skip("<")) {
            return Comparison.LESS;
        }
        throw tokens.unexpected();
    }

    private static void requireEnd(Tokens tokens) {
        if (!tokens.isAtEnd()) {
            throw tokens.unexpected();
        }
    }
}
