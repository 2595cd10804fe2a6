package sluice.platform.secrets;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds a value in a text, however the text spells it: as it is, or with some of its characters as JSON, Java, an address,
 * HTML or XML escape them, once or again inside another text. A value that was cut off is found by its beginning.
 *
 * <p>It walks through the text once and needs no stack, so values may be as long as a key of many lines.
 */
final class Spelling {

    /** What stands behind a text that was cut off. */
    private static final List<String> CUT = List.of("...", "…", "\"[truncated", "[truncated");

    private static final Map<Character, Character> ESCAPES =
            Map.of('\n', 'n', '\r', 'r', '\t', 't', '\b', 'b', '\f', 'f');
    private static final Map<Character, String> ENTITIES =
            Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&apos;");

    private static final int NOWHERE = -1;

    private final String value;
    /** A part of the value that every text spells alike; a text without it is not looked at. */
    private final String anchor;

    private final boolean isBase64;
    /** Whether the value has characters with which escapes begin. */
    private final boolean hasEscapes;
    /** How many characters before and behind the value carry some of its bits. */
    private final int before;

    private final int behind;

    private Spelling(String value, boolean isBase64, int before, int behind) {
        this.value = value;
        this.isBase64 = isBase64;
        this.hasEscapes = value.indexOf('%') >= 0 || value.indexOf('&') >= 0;
        this.before = before;
        this.behind = behind;
        // The beginning only, because the rest may be cut off. Line breaks stand anywhere in base64.
        this.anchor = isBase64
                ? ""
                : Arrays.stream(value.substring(0, Math.min(value.length(), SecretMask.SHORTEST))
                                .split("[^A-Za-z0-9]+"))
                        .max(Comparator.comparingInt(String::length))
                        .orElse("");
    }

    /** Returns what finds a value as it is, and in base64 at each of the three places where its bytes can begin. */
    static List<Spelling> of(String value) {
        List<Spelling> spellings = new ArrayList<>();
        // Whoever quotes a text of several lines may end them in another way.
        spellings.add(new Spelling(value.replace("\r\n", "\n").replace('\r', '\n'), false, 0, 0));
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 3; shift++) {
            byte[] shifted = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, shifted, shift, bytes.length);
            int skipped = (shift * 8 + 5) / 6;
            int whole = shifted.length * 8 / 6;
            if (whole - skipped >= SecretMask.SHORTEST) {
                int rest = shifted.length * 8 % 6 == 0 ? 0 : 1;
                int first = shift == 0 ? 0 : 1;
                for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
                    spellings.add(
                            new Spelling(encoder.encodeToString(shifted).substring(skipped, whole), true, first, rest));
                }
            }
        }
        return spellings;
    }

    int length() {
        return value.length();
    }

    /**
     * Returns the text with something else in place of the value.
     *
     * @param isCut whether to look for its beginning, where the text was cut off, and not for the whole value
     */
    String replaced(String text, String show, boolean isCut) {
        if (!text.contains(anchor)) {
            return text;
        }
        StringBuilder clean = null;
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            int end = end(text, at, isCut, false);
            if (end == NOWHERE && hasEscapes) {
                end = end(text, at, isCut, true);
            }
            if (end == NOWHERE) {
                at++;
                continue;
            }
            if (clean == null) {
                clean = new StringBuilder(text.length());
            }
            clean.append(text, copied, Math.max(copied, at - before)).append(show);
            copied = end;
            at = end;
        }
        return clean == null ? text : clean.append(text, copied, text.length()).toString();
    }

    /**
     * Returns where the value ends that begins at a place, or {@link #NOWHERE} if none begins there.
     *
     * @param escaped whether {@code %} and {@code &} of the value are escaped like the rest
     */
    private int end(String text, int start, boolean isCut, boolean escaped) {
        int at = start;
        int known = 0;
        while (known < value.length()) {
            boolean isRun = value.charAt(known) == '\\';
            int next = isRun ? backslashes(text, at, known) : character(text, at, known, escaped);
            if (next == NOWHERE) {
                return isCut && known >= SecretMask.SHORTEST && isCutOff(text, at) ? at : NOWHERE;
            }
            known += isRun ? run(value, known) : Character.charCount(value.codePointAt(known));
            at = next;
        }
        return isCut ? NOWHERE : isBase64 ? endOfBase64(text, at) : at;
    }

    private int endOfBase64(String text, int end) {
        int at = Math.min(text.length(), end + behind);
        while (text.startsWith("=", at) || text.regionMatches(true, at, "%3D", 0, 3)) {
            at += text.charAt(at) == '=' ? 1 : 3;
        }
        return at;
    }

    private static boolean isCutOff(String text, int at) {
        return at == text.length() || CUT.stream().anyMatch(mark -> text.startsWith(mark, at));
    }

    /** Each quotation doubles backslashes, so as many as the value has, or more, stand for it. */
    private int backslashes(String text, int at, int known) {
        int wanted = run(value, known);
        int found = run(text, at);
        if (found >= wanted) {
            return at + found;
        }
        int place = at;
        for (int number = 0; number < wanted; number++) {
            place = encoded(text, place, "\\");
            if (place == NOWHERE) {
                return NOWHERE;
            }
        }
        return place;
    }

    private static int run(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) == '\\') {
            at++;
        }
        return at - from;
    }

    private int character(String text, int start, int known, boolean escaped) {
        int at = isBase64 ? afterLineBreak(text, start) : start;
        if (at >= text.length()) {
            return NOWHERE;
        }
        int wanted = value.codePointAt(known);
        char first = value.charAt(known);
        if (wanted < 128 && Character.isLetterOrDigit(wanted)) {
            return text.charAt(at) == first ? at + 1 : NOWHERE;
        }
        if (first == '\n' && Character.isWhitespace(text.charAt(at))) {
            return afterWhitespace(text, at, known);
        }
        String character = Character.toString(wanted);
        if (text.startsWith(character, at) && !(escaped && (first == '%' || first == '&'))) {
            return at + character.length();
        }
        return switch (text.charAt(at)) {
            case '\\' -> escaped(text, at, character);
            case '%' -> encoded(text, at, character);
            case '&' -> entity(text, at, wanted);
            case '+' -> first == ' ' ? at + 1 : NOWHERE;
            // Behind a backslash of the value, whose escape the run of backslashes has taken.
            default ->
                known > 0 && value.charAt(known - 1) == '\\' && isEscape(text.charAt(at), first) ? at + 1 : NOWHERE;
        };
    }

    private static boolean isEscape(char written, char meant) {
        return ESCAPES.getOrDefault(meant, '\0') == written;
    }

    /** A line break may have become a space, or two characters; the value's own white space behind it stays its own. */
    private int afterWhitespace(String text, int start, int known) {
        int at = start + (text.startsWith("\r\n", start) ? 2 : 1);
        boolean isLast = known + 1 == value.length();
        while (!isLast
                && !Character.isWhitespace(value.charAt(known + 1))
                && at < text.length()
                && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Base64 in a mail, or in a key, has lines. */
    private static int afterLineBreak(String text, int start) {
        int at = start;
        while (at < text.length()) {
            if (text.charAt(at) == '\n' || text.charAt(at) == '\r') {
                at++;
            } else if (text.startsWith("\\n", at) || text.startsWith("\\r", at)) {
                at += 2;
            } else {
                break;
            }
        }
        return at;
    }

    /** {@code \n}, {@code \"}, {@code \/} or {@code \u00e4}, with one backslash or more. */
    private static int escaped(String text, int start, String character) {
        int at = start + run(text, start);
        char first = character.charAt(0);
        if (at < text.length() && isEscape(text.charAt(at), first)) {
            return at + 1;
        }
        if (first == '\n' && text.startsWith("r\\", at)) {
            int next = at + 1 + run(text, at + 1);
            return text.startsWith("n", next) ? next + 1 : NOWHERE;
        }
        if (text.startsWith(character, at)) {
            return at + character.length();
        }
        for (int index = 0; index < character.length(); index++) {
            if (index > 0) {
                at += run(text, at);
            }
            String unit = String.format("u%04x", (int) character.charAt(index));
            if (!text.regionMatches(true, at, unit, 0, unit.length())) {
                return NOWHERE;
            }
            at += unit.length();
        }
        return at;
    }

    /** {@code %2F}, or {@code %252F} and so on where an address stands in another one. */
    private static int encoded(String text, int start, String character) {
        int at = start;
        for (byte octet : character.getBytes(StandardCharsets.UTF_8)) {
            if (at >= text.length() || text.charAt(at) != '%') {
                return NOWHERE;
            }
            at++;
            while (text.startsWith("25", at) && octet != '%') {
                at += 2;
            }
            String digits = String.format("%02x", octet);
            if (!text.regionMatches(true, at, digits, 0, 2)) {
                return NOWHERE;
            }
            at += 2;
        }
        return at;
    }

    private static int entity(String text, int at, int wanted) {
        String name = wanted < 128 ? ENTITIES.getOrDefault((char) wanted, "") : "";
        for (String entity : List.of(name, "&#" + wanted + ";", String.format("&#x%x;", wanted))) {
            if (!entity.isEmpty() && text.regionMatches(true, at, entity, 0, entity.length())) {
                return at + entity.length();
            }
        }
        return NOWHERE;
    }
}
