package sluice.entry.gate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads keyword arguments of Python whose values are literals: texts in double quotes, numbers, {@code True}, {@code False},
 * dictionaries and lists. {@code json.dumps(x)} is read as x, and a name as a {@link Name}. Everything else is an error.
 */
final class PythonLiterals {

    /** A name, such as of a function. */
    record Name(String text) {}

    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9.]*");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\]*)\"");

    private final String source;
    private int position;

    PythonLiterals(String source, int position) {
        this.source = source;
        this.position = position;
    }

    /** Reads {@code a=1, b="x")} up to the closing bracket. */
    Map<String, Object> arguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        while (!at(")")) {
            String name = match(WORD).group();
            expect("=");
            arguments.put(name, value());
            separate(")");
        }
        return arguments;
    }

    private Object value() {
        if (at("{")) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (!at("}")) {
                String name = match(TEXT).group(1);
                expect(":");
                members.put(name, value());
                separate("}");
            }
            return members;
        }
        if (at("[")) {
            List<Object> elements = new ArrayList<>();
            while (!at("]")) {
                elements.add(value());
                separate("]");
            }
            return elements;
        }
        if (ahead(TEXT)) {
            return match(TEXT).group(1);
        }
        if (ahead(NUMBER)) {
            return Integer.valueOf(match(NUMBER).group());
        }
        String word = match(WORD).group();
        if (word.equals("json.dumps")) {
            expect("(");
            Object value = value();
            expect(")");
            return value;
        }
        return switch (word) {
            case "True" -> true;
            case "False" -> false;
            default -> new Name(word);
        };
    }

    private void separate(String end) {
        skipSpace();
        if (!source.startsWith(end, position)) {
            expect(",");
        }
    }

    private boolean at(String token) {
        skipSpace();
        if (source.startsWith(token, position)) {
            position += token.length();
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!at(token)) {
            throw unreadable("'" + token + "'");
        }
    }

    private boolean ahead(Pattern pattern) {
        skipSpace();
        return pattern.matcher(source).region(position, source.length()).lookingAt();
    }

    private Matcher match(Pattern pattern) {
        skipSpace();
        Matcher matcher = pattern.matcher(source).region(position, source.length());
        if (!matcher.lookingAt()) {
            throw unreadable(pattern.pattern());
        }
        position = matcher.end();
        return matcher;
    }

    private void skipSpace() {
        while (position < source.length() && Character.isWhitespace(source.charAt(position))) {
            position++;
        }
    }

    private IllegalArgumentException unreadable(String wanted) {
        return new IllegalArgumentException(
                "Expected " + wanted + " at: " + source.substring(position, Math.min(source.length(), position + 40)));
    }
}
