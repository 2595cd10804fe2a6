package sluice.sandbox.dynamodb;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words and signs of an expression, read one after the other. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("\\s*([#:]?\\w+|<>|<=|>=|[=<>(),?])");

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int next;

    Tokens(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw DynamoDbException.invalid("Syntax error near \"" + text.substring(end) + "\" in: " + text);
        }
    }

    boolean isAtEnd() {
        return next == tokens.size();
    }

    /** Returns true, and goes on, if the next token is this one; words may be in any case. */
    boolean skip(String token) {
        if (!isAtEnd() && tokens.get(next).equalsIgnoreCase(token)) {
            next++;
            return true;
        }
        return false;
    }

    void expect(String token) {
        if (!skip(token)) {
            throw unexpected();
        }
    }

    String next() {
        if (isAtEnd()) {
            throw unexpected();
        }
        return tokens.get(next++);
    }

    /** Fails at the next token. */
    DynamoDbException unexpected() {
        String found = isAtEnd() ? "the end" : "\"" + tokens.get(next) + "\"";
        return DynamoDbException.invalid("Sluice's table does not read " + found + " there: " + text);
    }
}
