package sluice.core.reach;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A pattern of addresses. {@code *} stands for any text within the authority or within the rest, and never for the border
 * between them: {@code https://*.example.com/*} does not allow {@code https://evil.test/.example.com/}.
 */
record AddressPattern(String start, String rest) {

    private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]*://");
    /** Steps upwards, also encoded ones, and what parsers of addresses read in different ways. */
    private static final Pattern CONFUSING = Pattern.compile("(?i)[\\\\@\\s]|/\\.\\.?(/|$)|%2e|%2f|%5c");

    /** @throws IllegalArgumentException if the text has no scheme and authority */
    static AddressPattern of(String text) {
        return parts(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no pattern of addresses"));
    }

    boolean matches(String address) {
        if (CONFUSING.matcher(address).find()) {
            return false;
        }
        return parts(address)
                .filter(parts -> Wildcard.matches(start, parts.start) && Wildcard.matches(rest, parts.rest))
                .isPresent();
    }

    private static Optional<AddressPattern> parts(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        var scheme = SCHEME.matcher(lower);
        if (!scheme.lookingAt()) {
            return Optional.empty();
        }
        int end = scheme.end();
        while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return Optional.of(new AddressPattern(lower.substring(0, end), text.substring(end)));
    }
}
