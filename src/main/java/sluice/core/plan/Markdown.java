package sluice.core.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.core.json.OneLine;

/**
 * Writes texts of others into Markdown, so that they are shown and do nothing: no line of their own, no markup, no link or
 * image, and no mention that GitHub would send a message about. Definitions, rows and Druid's errors come from anybody.
 */
final class Markdown {

    /** What GitHub Flavored Markdown reads as markup inside a line. */
    private static final Pattern MARKUP =
            Pattern.compile("[\\\\`*\\[\\]|~]|(?<![\\p{L}\\p{N}])_|_(?![\\p{L}\\p{N}])|:(?=//)");

    /** A person, a team, an issue; a space that nobody sees breaks it. */
    private static final Pattern MENTION = Pattern.compile("@(?=[A-Za-z0-9])|(?i:(?<=\\bGH)-|#)(?=[0-9])");

    private static final Pattern BACKTICKS = Pattern.compile("`+");

    private Markdown() {}

    /** Returns a text inside a line. */
    static String text(String value) {
        String marked =
                MARKUP.matcher(OneLine.of(value)).replaceAll(found -> Matcher.quoteReplacement("\\" + found.group()));
        String plain = marked.replace("&", "&amp;").replace("<", "&lt;");
        return MENTION.matcher(plain).replaceAll(found -> Matcher.quoteReplacement(found.group() + "&#8203;"));
    }

    /** Returns a name or a pointer as code inside a line. */
    static String code(String value) {
        String line = OneLine.of(value);
        String fence = "`".repeat(1 + longestRun(line));
        boolean touches = line.isEmpty() || line.startsWith("`") || line.endsWith("`");
        return touches ? fence + " " + line + " " + fence : fence + line + fence;
    }

    /** Returns lines as a block of code. Each must be one line. */
    static String block(String language, String lines) {
        String fence = "`".repeat(Math.max(3, 1 + longestRun(lines)));
        return fence + language + "\n" + lines + fence + "\n";
    }

    private static int longestRun(String value) {
        return BACKTICKS
                .matcher(value)
                .results()
                .mapToInt(found -> found.group().length())
                .max()
                .orElse(0);
    }
}
