package sluice.core.contract;

import java.util.ArrayList;
import java.util.List;
import sluice.core.contract.ExpressionTokens.Kind;
import sluice.core.contract.ExpressionTokens.Token;

/**
 * Splits an expression into tokens, in one pass and without recursion: a literal may have any length. Java's regular
 * expressions would recurse for each character of it.
 */
final class ExpressionScanner {
    private static final int SHOWN = 40;
    private static final String[] SIGNS = {
        "<LONG>",
        "<DOUBLE>",
        "<STRING>",
        "->",
        "<=",
        ">=",
        "==",
        "!=",
        "&&",
        "||",
        "-",
        "+",
        "*",
        "/",
        "^",
        "%",
        "<",
        ">",
        "!",
        "(",
        ")",
        "[",
        "]",
        ","
    };

    private final String text;
    private int at;

    private ExpressionScanner(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws Expression.Malformed {
        ExpressionScanner scanner = new ExpressionScanner(text);
        List<Token> tokens = new ArrayList<>();
        scanner.skipBlanks();
        while (scanner.at < text.length()) {
            tokens.add(scanner.next());
            scanner.skipBlanks();
        }
        tokens.add(new Token(Kind.END, "the end"));
        return tokens;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private Token next() throws Expression.Malformed {
        char first = text.charAt(at);
        int start = at;
        if (isTypedArray()) {
            return token(Kind.TYPED, start);
        }
        if (startsName(first)) {
            skipName();
            return token(Kind.NAME, start);
        }
        if (isDigit(first)) {
            skipNumber();
            return token(Kind.NUMBER, start);
        }
        if (first == '"' || first == '\'') {
            skipQuoted(first);
            return token(first == '"' ? Kind.QUOTED : Kind.TEXT, start);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Kind.SIGN, sign);
            }
        }
        throw unreadable(start);
    }

    private Token token(Kind kind, int start) {
        return new Token(kind, text.substring(start, at));
    }

    /** Takes {@code ARRAY<LONG>}, if a bracket follows. */
    private boolean isTypedArray() {
        if (!text.startsWith("ARRAY<", at)) {
            return false;
        }
        int end = at + "ARRAY<".length();
        while (end < text.length() && (isLetterOrDigit(text.charAt(end)) || "<>".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        int next = end;
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        boolean typed = text.charAt(end - 1) == '>'
                && end - at > "ARRAY<>".length()
                && next < text.length()
                && text.charAt(next) == '[';
        if (typed) {
            at = end;
        }
        return typed;
    }

    private void skipName() {
        while (at < text.length() && (startsName(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
    }

    private void skipNumber() {
        skipDigits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            skipDigits();
        }
        int exponent = at + 1;
        if (exponent < text.length() && "eE".indexOf(text.charAt(at)) >= 0) {
            exponent += "+-".indexOf(text.charAt(exponent)) >= 0 ? 1 : 0;
            if (exponent < text.length() && isDigit(text.charAt(exponent))) {
                at = exponent;
                skipDigits();
            }
        }
    }

    private void skipDigits() {
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
    }

    private void skipQuoted(char quote) throws Expression.Malformed {
        int start = at;
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at >= text.length()) {
            throw unreadable(start);
        }
        at++;
    }

    private Expression.Malformed unreadable(int start) {
        String rest = text.substring(start).strip();
        String shown = rest.length() > SHOWN ? rest.substring(0, SHOWN) + "..." : rest;
        return new Expression.Malformed("cannot be parsed from '" + shown + "' on", false);
    }

    private static boolean startsName(char letter) {
        return letter == '_' || letter == '$' || isAsciiLetter(letter);
    }

    private static boolean isLetterOrDigit(char letter) {
        return isAsciiLetter(letter) || isDigit(letter);
    }

    private static boolean isAsciiLetter(char letter) {
        return letter >= 'a' && letter <= 'z' || letter >= 'A' && letter <= 'Z';
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
