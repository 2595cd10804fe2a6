package sluice.core.definition;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * One piece of a {@link TimeChunkPattern}: a number, or the text between two numbers.
 *
 * @param letter the pattern letter, or 0 for text
 * @param text the pattern of a number, or the literal text
 */
record PatternPart(char letter, String text) {

    private static final String LETTERS = "yuMdDHms";

    boolean isNumber() {
        return letter != 0;
    }

    String format(LocalDateTime time) {
        return isNumber() ? DateTimeFormatter.ofPattern(text, Locale.ROOT).format(time) : text;
    }

    /**
     * Returns the finest unit that the parts name without a gap from the year on. Empty without a year or with a gap.
     */
    static Optional<ChronoUnit> unit(List<PatternPart> parts) {
        Set<ChronoUnit> told = EnumSet.noneOf(ChronoUnit.class);
        for (PatternPart part : parts) {
            switch (part.letter) {
                case 'y', 'u' -> told.add(ChronoUnit.YEARS);
                case 'M' -> told.add(ChronoUnit.MONTHS);
                case 'd' -> told.add(ChronoUnit.DAYS);
                case 'D' -> told.addAll(EnumSet.of(ChronoUnit.MONTHS, ChronoUnit.DAYS));
                case 'H' -> told.add(ChronoUnit.HOURS);
                case 'm' -> told.add(ChronoUnit.MINUTES);
                case 's' -> told.add(ChronoUnit.SECONDS);
                default -> {}
            }
        }
        ChronoUnit finest = null;
        for (ChronoUnit unit : List.of(
                ChronoUnit.YEARS,
                ChronoUnit.MONTHS,
                ChronoUnit.DAYS,
                ChronoUnit.HOURS,
                ChronoUnit.MINUTES,
                ChronoUnit.SECONDS)) {
            if (!told.remove(unit)) {
                break;
            }
            finest = unit;
        }
        return told.isEmpty() ? Optional.ofNullable(finest) : Optional.empty();
    }

    /** @throws IllegalArgumentException for an unknown letter, an unclosed quote or an empty pattern */
    static List<PatternPart> split(String pattern) {
        List<PatternPart> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int index = 0;
        while (index < pattern.length()) {
            char character = pattern.charAt(index);
            if (character == '\'') {
                int close = pattern.indexOf('\'', index + 1);
                if (close < 0) {
                    throw new IllegalArgumentException("'" + pattern + "' has an unclosed quote");
                }
                text.append(close == index + 1 ? "'" : pattern.substring(index + 1, close));
                index = close + 1;
            } else if (Character.isLetter(character)) {
                int end = index;
                while (end < pattern.length() && pattern.charAt(end) == character) {
                    end++;
                }
                addText(parts, text);
                parts.add(number(pattern, character, pattern.substring(index, end)));
                index = end;
            } else if ("[]{}#".indexOf(character) >= 0) {
                throw new IllegalArgumentException("'" + pattern + "' uses " + character + " outside quotes");
            } else {
                text.append(character);
                index++;
            }
        }
        addText(parts, text);
        return List.copyOf(parts);
    }

    private static PatternPart number(String pattern, char letter, String text) {
        boolean known = LETTERS.indexOf(letter) >= 0;
        int longest = letter == 'y' || letter == 'u' ? 4 : letter == 'D' ? 3 : 2;
        boolean wellFormed = letter == 'y' || letter == 'u' ? text.length() == 4 : text.length() <= longest;
        if (!known || !wellFormed) {
            throw new IllegalArgumentException("'" + pattern + "' uses " + text
                    + "; a pattern consists of yyyy MM dd (or DDD) HH mm ss, and other text in single quotes");
        }
        return new PatternPart(letter, text);
    }

    private static void addText(List<PatternPart> parts, StringBuilder text) {
        if (!text.isEmpty()) {
            parts.add(new PatternPart((char) 0, text.toString()));
            text.setLength(0);
        }
    }
}
