package sluice.entry.cli.importer;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.core.definition.SegmentGranularity;
import sluice.core.definition.TimeChunkPattern;

/**
 * The time in object keys, derived from the keys themselves: {@code 2026-01-01}, {@code 2026/01/01}, {@code 20260101},
 * with names as in Hive ({@code dt=2026-01-01}, {@code year=2026/month=01}). It includes the hour if the key names it
 * or the time chunks are that short.
 *
 * @param prefix the common beginning of all keys, up to the time
 * @param timeChunk the pattern of the time
 */
record KeyTime(String prefix, String timeChunk) {

    private static final String NAME = "(?:([A-Za-z_][A-Za-z0-9_]*)=)?";
    private static final List<String> SEPARATORS = List.of("-", "/", "");
    private static final String[] LETTERS = {"yyyy", "MM", "dd", "HH"};

    /** @param keys at least one key or prefix of keys */
    static Optional<KeyTime> of(List<String> keys, SegmentGranularity granularity) {
        for (int units = LETTERS.length; units > 0; units--) {
            for (String separator : SEPARATORS) {
                Matcher matcher = regex(separator, units).matcher(keys.get(0));
                while (matcher.find()) {
                    KeyTime found =
                            new KeyTime(keys.get(0).substring(0, matcher.start()), pattern(matcher, separator, units));
                    if (found.isWanted(matcher, units, granularity) && found.fits(keys, granularity)) {
                        return Optional.of(found);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Pattern regex(String separator, int units) {
        StringBuilder regex = new StringBuilder("(?<![0-9A-Za-z_])" + NAME + "([0-9]{4})");
        for (int unit = 1; unit < units; unit++) {
            String before = separator(separator, unit);
            regex.append(before).append(before.equals("/") ? NAME : "()").append("([0-9]{2})");
        }
        return Pattern.compile(regex.append("(?![0-9])").toString());
    }

    /** Hours are separate folders. */
    private static String separator(String separator, int unit) {
        return unit == LETTERS.length - 1 ? "/" : separator;
    }

    private static String pattern(Matcher matcher, String separator, int units) {
        StringBuilder pattern = new StringBuilder();
        for (int unit = 0; unit < units; unit++) {
            String name = matcher.group(2 * unit + 1);
            pattern.append(unit == 0 ? "" : separator(separator, unit))
                    .append(name == null || name.isEmpty() ? "" : "'" + name + "='")
                    .append(LETTERS[unit]);
        }
        return pattern.toString();
    }

    /** Two digits after a day may be anything, unless they are named as an hour or an hour is required. */
    private boolean isWanted(Matcher matcher, int units, SegmentGranularity granularity) {
        if (units < LETTERS.length || granularity.compareTo(SegmentGranularity.DAY) < 0) {
            return true;
        }
        String name = matcher.group(2 * units - 1);
        return name != null && name.startsWith("h");
    }

    private boolean fits(List<String> keys, SegmentGranularity granularity) {
        TimeChunkPattern pattern = TimeChunkPattern.of(timeChunk);
        return granularity.contains(pattern.unit())
                && keys.stream()
                        .allMatch(key -> key.startsWith(prefix)
                                && pattern.match(key, prefix.length()).isPresent());
    }
}
