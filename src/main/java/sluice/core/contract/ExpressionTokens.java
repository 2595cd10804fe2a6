package sluice.core.contract;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The tokens of an expression, taken one after the other. */
final class ExpressionTokens {
    private static final Set<String> BINARY =
            Set.of("+", "-", "*", "/", "^", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||");
    private static final Set<String> LITERAL_NAMES = Set.of("null", "true", "false");

    /** The kinds of tokens. */
    enum Kind {
        /** {@code ARRAY<STRING>} before a bracket. */
        TYPED,
        NAME,
        QUOTED,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    record Token(Kind kind, String text) {}

    private final List<Token> tokens;
    private int at;

    ExpressionTokens(String text) throws Expression.Malformed {
        this.tokens = ExpressionScanner.tokens(text);
    }

    /** Returns the names that are neither literals nor functions. */
    Set<String> identifiers() {
        Set<String> names = new TreeSet<>();
        for (int index = 0; index < tokens.size() - 1; index++) {
            Token token = tokens.get(index);
            boolean isCall = tokens.get(index + 1).text().equals("(");
            if (token.kind() == Kind.QUOTED) {
                names.add(token.text().substring(1, token.text().length() - 1).replace("\\\"", "\""));
            } else if (token.kind() == Kind.NAME && !isCall && !LITERAL_NAMES.contains(token.text())) {
                names.add(token.text());
            }
        }
        return names;
    }

    String current() {
        return tokens.get(at).text();
    }

    boolean atEnd() {
        return tokens.get(at).kind() == Kind.END;
    }

    boolean take(String sign) {
        return take(tokens.get(at).kind() == Kind.SIGN && current().equals(sign));
    }

    private boolean take(boolean matches) {
        if (matches) {
            at++;
        }
        return matches;
    }

    void expect(String sign) throws Expression.Malformed {
        if (!take(sign)) {
            throw new Expression.Malformed("'" + sign + "' is missing before '" + current() + "'", false);
        }
    }

    boolean takeBinaryOperator() {
        return take(tokens.get(at).kind() == Kind.SIGN && BINARY.contains(current()));
    }

    boolean takeLiteral() {
        Kind kind = tokens.get(at).kind();
        return take(kind == Kind.NUMBER || kind == Kind.TEXT || kind == Kind.NAME && LITERAL_NAMES.contains(current()));
    }

    /** Takes {@code ARRAY<STRING>[}. */
    boolean takeTypedArray() {
        if (tokens.get(at).kind() == Kind.TYPED) {
            at += 2;
            return true;
        }
        return false;
    }

    String identifier() throws Expression.Malformed {
        Token token = tokens.get(at);
        if (token.kind() != Kind.NAME && token.kind() != Kind.QUOTED) {
            throw new Expression.Malformed("a value is missing before '" + token.text() + "'", false);
        }
        at++;
        return token.text();
    }

    /** Returns true if the name before the parenthesis just taken was quoted. */
    boolean isQuotedBefore() {
        return at >= 2 && tokens.get(at - 2).kind() == Kind.QUOTED;
    }

    /** Takes {@code x ->}, {@code () ->} or {@code (x, y) ->}, completely or not at all. */
    boolean takeLambdaHead() {
        int start = at;
        if (isName()) {
            at++;
            if (take("->")) {
                return true;
            }
        } else if (take("(")) {
            while (isName()) {
                at++;
                take(",");
            }
            if (take(")") && take("->")) {
                return true;
            }
        }
        at = start;
        return false;
    }

    private boolean isName() {
        Kind kind = tokens.get(at).kind();
        return kind == Kind.NAME || kind == Kind.QUOTED;
    }
}
