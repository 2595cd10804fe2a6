package sluice.core.contract;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text that is nearly JSON, says in plain words what is wrong with it, and mends what it can, so that the check
 * goes on. The mended text has the same lines and columns: it is for {@link TextCheck#LENIENT}, which also takes single
 * quotes and keys without quotes.
 */
final class JsonMending {
    private static final int MOST_FLAWS = 100;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");

    private final String text;
    private final StringBuilder mended;
    private final Map<String, Flaw> flaws = new LinkedHashMap<>();
    private final Deque<Character> open = new ArrayDeque<>();
    private int at;
    /** The last character that is neither blank nor comment; -1 before the first. */
    private int last = -1;

    private boolean lastEndsValue;
    /** Whether the last value is the key of an object, behind which a colon must follow. */
    private boolean lastIsKey;

    /**
     * A deviation from JSON.
     *
     * @param offset where it is first
     * @param count how often it occurs
     */
    record Flaw(ContractCode code, int offset, String message, int count) {
        String sentence() {
            return count == 1 ? message : message + " (" + count + " times)";
        }
    }

    private JsonMending(String text) {
        this.text = text;
        this.mended = new StringBuilder(text);
    }

    static JsonMending of(String text) {
        JsonMending mending = new JsonMending(text);
        mending.scan();
        return mending;
    }

    String mended() {
        return mended.toString();
    }

    Map<String, Flaw> flaws() {
        return flaws;
    }

    private void scan() {
        if (text.startsWith("\uFEFF")) {
            flaw(ContractCode.BYTE_ORDER_MARK, 0, "the text begins with a byte order mark");
            mended.setCharAt(0, ' ');
            at = 1;
        }
        boolean isWrapped = skipWrapping();
        while (at < text.length() && !isFirstDocumentOver()) {
            step(text.charAt(at));
        }
        if (isWrapped) {
            blank(at, text.length());
            at = Math.min(at, text.length());
        }
        if (at >= text.length() && !open.isEmpty()) {
            StringBuilder missing = new StringBuilder();
            open.forEach(missing::append);
            if (last >= 0 && text.charAt(last) == ',') {
                mended.setCharAt(last, ' ');
            }
            flaw(
                    ContractCode.NOT_JSON,
                    Math.max(0, last),
                    "the text ends here without its closing " + shown(missing.toString()));
            mended.append(missing);
        }
    }

    /** Skips what stands before an object: a mark of Markdown, or the command that would post it. Returns true if it did. */
    private boolean skipWrapping() {
        String rest = text.substring(at).stripLeading();
        int begin = text.indexOf('{', at);
        if (begin < 0 || rest.isEmpty() || !(rest.startsWith("```") || Character.isLetter(rest.charAt(0)))) {
            return false;
        }
        int start = text.indexOf(rest, at);
        flaw(
                ContractCode.NOT_JSON,
                start,
                rest.startsWith("```")
                        ? "the text is a block of Markdown"
                        : "'" + shown(text.substring(start, begin).strip()) + "' is no JSON before {");
        blank(start, begin);
        at = begin;
        return true;
    }

    private void blank(int from, int to) {
        for (int index = from; index < to; index++) {
            if (text.charAt(index) != '\n' && text.charAt(index) != '\r') {
                mended.setCharAt(index, ' ');
            }
        }
    }

    private boolean isFirstDocumentOver() {
        return open.isEmpty() && lastEndsValue;
    }

    private void step(char letter) {
        if (Character.isWhitespace(letter)) {
            at++;
        } else if (text.startsWith("//", at) || letter == '#') {
            comment("\n", 0);
        } else if (text.startsWith("/*", at)) {
            comment("*/", 2);
        } else if (letter == '{' || letter == '[') {
            value();
            open.push(letter == '{' ? '}' : ']');
            sign(false);
        } else if (letter == '}' || letter == ']') {
            trailingComma(letter);
            open.poll();
            sign(true);
        } else if (letter == ',' && !lastEndsValue && !open.isEmpty() && last >= 0 && text.charAt(last) != ':') {
            flaw(ContractCode.NOT_JSON, at, "there is one comma too many");
            mended.setCharAt(at++, ' ');
        } else if (letter == '=' && lastIsKey) {
            flaw(ContractCode.NOT_JSON, at, "behind a key stands a colon, not =");
            mended.setCharAt(at, ':');
            sign(false);
        } else if (letter == ';' && lastEndsValue) {
            flaw(ContractCode.NOT_JSON, at, "between two values stands a comma, not ;");
            mended.setCharAt(at, ',');
            sign(false);
        } else if (letter == ',' || letter == ':') {
            sign(false);
        } else if (letter == '"' || letter == '\'' || letter == '\u201C' || letter == '\u201D') {
            value();
            quoted(letter);
        } else {
            value();
            word();
        }
    }

    private void sign(boolean endsValue) {
        boolean isFirst = last >= 0 && (mended.charAt(last) == ',' || text.charAt(last) == '{');
        lastIsKey = endsValue && isFirst && !open.isEmpty() && open.peek() == '}';
        last = at++;
        lastEndsValue = endsValue;
    }

    private void comment(String end, int length) {
        flaw(ContractCode.NOT_JSON, at, "JSON has no comments");
        int stop = text.indexOf(end, at + length);
        int after = stop < 0 ? text.length() : stop + length;
        for (; at < after; at++) {
            if (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                mended.setCharAt(at, ' ');
            }
        }
    }

    private void trailingComma(char closing) {
        if (last >= 0 && text.charAt(last) == ',' && !lastEndsValue) {
            flaw(ContractCode.NOT_JSON, last, "there is a comma before " + closing);
            mended.setCharAt(last, ' ');
        }
    }

    /** A value directly after another one. */
    private void value() {
        if (!lastEndsValue || open.isEmpty()) {
            return;
        }
        flaw(ContractCode.NOT_JSON, at, "a " + (lastIsKey ? "colon" : "comma") + " is missing before this");
        for (int blank = at - 1; blank > last; blank--) {
            if (mended.charAt(blank) == ' ') {
                mended.setCharAt(blank, lastIsKey ? ':' : ',');
                break;
            }
        }
    }

    private void quoted(char quote) {
        boolean curly = quote == '\u201C' || quote == '\u201D';
        if (curly) {
            flaw(ContractCode.NOT_JSON, at, "these quotes are typographic, not \"");
            mended.setCharAt(at, '"');
        } else if (quote == '\'') {
            flaw(ContractCode.NOT_JSON, at, "texts are in double quotes, not in single ones");
        }
        int start = at++;
        while (at < text.length() && !ends(quote, curly)) {
            character(quote);
        }
        if (at >= text.length()) {
            flaw(ContractCode.NOT_JSON, start, "this text has no closing quote");
            at = text.length();
            open.clear();
        } else if (curly) {
            mended.setCharAt(at, '"');
        }
        sign(true);
    }

    /** Steps over one character of a text, and says if JSON wants it written otherwise. */
    private void character(char quote) {
        char letter = text.charAt(at);
        if (letter == '\\' && at + 1 < text.length()) {
            char escaped = text.charAt(at + 1);
            if ("\"\\/bfnrtu".indexOf(escaped) < 0 && escaped != quote) {
                flaw(ContractCode.NOT_JSON, at, "\\" + escaped + " is no escape in JSON; \\\\ stands for a backslash");
            }
            at++;
        } else if (letter < ' ') {
            flaw(
                    ContractCode.NOT_JSON,
                    at,
                    switch (letter) {
                        case '\n', '\r' -> "a line break inside a text is written \\n";
                        case '\t' -> "a tab inside a text is written \\t";
                        default -> "a control character inside a text is written \\u and its number";
                    });
        }
        at++;
    }

    private boolean ends(char quote, boolean curly) {
        char letter = text.charAt(at);
        return curly ? letter == '\u201C' || letter == '\u201D' : letter == quote;
    }

    private void word() {
        int start = at;
        while (at < text.length() && !isDelimiter(text.charAt(at))) {
            at++;
        }
        at = Math.max(at, start + 1);
        String word = text.substring(start, at);
        String known = constant(word);
        if (known != null && !known.equals(word)) {
            flaw(ContractCode.NOT_JSON, start, word + " is written " + known + " in JSON");
            for (int index = 0; index < known.length(); index++) {
                mended.setCharAt(start + index, known.charAt(index)); // each is as long as its counterpart
            }
        } else if (known == null && isNumber(word) && !NUMBER.matcher(word).matches()) {
            flaw(ContractCode.NOT_JSON, start, shown(word) + " is no number in JSON");
        } else if (known == null && !isNumber(word)) {
            flaw(ContractCode.NOT_JSON, start, "'" + shown(word) + "' is not in quotes");
        }
        at--;
        sign(true);
    }

    private static boolean isDelimiter(char letter) {
        return Character.isWhitespace(letter) || ",:;={}[]\"'#".indexOf(letter) >= 0;
    }

    private static @Nullable String constant(String word) {
        return switch (word) {
            case "true", "True", "TRUE" -> "true";
            case "false", "False", "FALSE" -> "false";
            case "null", "None", "NULL" -> "null";
            default -> null;
        };
    }

    private static boolean isNumber(String word) {
        return word.matches("[+-]?(NaN|Infinity)")
                || word.chars().allMatch(letter -> "+-.eE0123456789".indexOf(letter) >= 0);
    }

    private static String shown(String word) {
        return word.length() > 40 ? word.substring(0, 40) + "..." : word;
    }

    private void flaw(ContractCode code, int offset, String message) {
        if (flaws.size() >= MOST_FLAWS && !flaws.containsKey(message)) {
            return;
        }
        flaws.merge(
                message,
                new Flaw(code, offset, message, 1),
                (first, again) -> new Flaw(code, first.offset(), message, first.count() + 1));
    }
}
