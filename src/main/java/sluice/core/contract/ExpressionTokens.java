package sluice.core.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tokens of an expression. */
final class ExpressionTokens {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:"
                    + "(ARRAY<[A-Za-z0-9<>]+>(?=\\s*\\[))"
                    + "|([_$a-zA-Z][_$a-zA-Z0-9]*)"
                    + "|(\"(?:\\\\.|[^\\\\\"])*\")"
                    + "|(\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?)"
                    + "|('(?:\\\\(?:[bfnrt'\\\\/\"]|u[0-9a-fA-F]{4}|.)|[^\\\\'])*')"
                    + "|(->|<(?:LONG|DOUBLE|STRING)>|<=|>=|==|!=|&&|\\|\\||[-+*/^%<>!()\\[\\],]))",
            Pattern.DOTALL);
    private static final Set<String> BINARY =
            Set.of("+", "-", "*", "/", "^", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||");
    private static final Set<String> LITERAL_NAMES = Set.of("null", "true", "false");

    private enum Kind {
        TYPED,
        NAME,
        QUOTED,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    /** In the order of the pattern's groups. */
    private static final Kind[] KINDS = Kind.values();

    private record Token(Kind kind, String text) {}

    private final List<Token> tokens = new ArrayList<>();
    private int at;

    ExpressionTokens(String text) throws Expression.Malformed {
        Matcher matcher = TOKEN.matcher(text);
        int end = text.stripTrailing().length();
        int position = 0;
        while (position < end) {
            if (!matcher.region(position, text.length()).lookingAt()) {
                throw new Expression.Malformed(
                        "cannot be parsed from '" + text.substring(position).strip() + "' on", false);
            }
            tokens.add(token(matcher));
            position = matcher.end();
        }
        tokens.add(new Token(Kind.END, "the end"));
    }

    private static Token token(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.start(group) >= 0) {
                return new Token(KINDS[group - 1], matcher.group(group));
            }
        }
        throw new IllegalStateException("a token of no kind: " + matcher.group());
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
