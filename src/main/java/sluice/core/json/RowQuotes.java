package sluice.core.json;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts out of Druid's error texts what they may quote of rows. Druid and its parsers put values between quotes or brackets,
 * such as in {@code Timestamp[x] is unparseable! Event: {...}}, in more forms than a list could name. So a text ends at the
 * first of these signs. Where Druid found the row stays: {@code (Path: s3://bucket/key, Record: 3, Line: 4)}.
 */
public final class RowQuotes {

    private static final String CUT = "...";
    private static final Pattern QUOTE = Pattern.compile("[\\[{<\"'`(\\r\\n]");

    /** At the end of the text only: in front of it, it could be part of a row. */
    private static final Pattern PLACE = Pattern.compile(
            "\\(Path: [^\\s()\\[\\]{}<>\"'`,]{1,1500}, Record: \\d{1,18}(?:, Line: \\d{1,18})?\\)\\s*$");

    /** Words of parsers, and of Druid where it speaks of rows. */
    private static final Pattern ABOUT_ROWS = Pattern.compile(
            "(?i)pars(?:e|ing)|\\brows?\\b|\\bevents?\\b|\\brecords?\\b|input string|convert|malformed|\\btoken\\b"
                    + "|\\bcharacter|timestamp\\[|invalid format|could not be read|\\bline\\b");

    /** How Druid refuses a spec that it cannot read. It quotes the spec, which its author knows. */
    private static final Pattern ABOUT_SPEC =
            Pattern.compile("HTTP \\d{3}: (?:Please make sure to load all the necessary extensions"
                    + "|Could not resolve (?:type id|subtype)|Cannot construct instance of|Unrecognized field)");

    /** Where Jackson quotes its input. */
    private static final Pattern SOURCE = Pattern.compile("(?s)\\s+at \\[Source.*");

    private RowQuotes() {}

    /** Returns a text about rows up to the first sign that may begin a quotation. */
    public static String cut(String text) {
        Matcher quote = QUOTE.matcher(text);
        if (!quote.find()) {
            return text;
        }
        Matcher place = PLACE.matcher(text);
        boolean isPlaced = place.find();
        if (isPlaced && place.start() == quote.start()) {
            return text;
        }
        return text.substring(0, quote.start())
                + CUT
                + (isPlaced ? " " + place.group().strip() : "");
    }

    /** Returns an error that may be about anything, such as a task's: cut if it is about rows. */
    public static String cutIfAboutRows(String text) {
        return ABOUT_ROWS.matcher(text).find() ? cut(text) : text;
    }

    /** Returns what a cluster says about a sample: cut, unless it refuses the spec. */
    public static String cutSample(String text) {
        return ABOUT_SPEC.matcher(text).find() ? SOURCE.matcher(text).replaceAll("") : cut(text);
    }
}
