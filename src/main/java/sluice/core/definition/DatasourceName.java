package sluice.core.definition;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which datasource names Druid takes ({@code org.apache.druid.common.utils.IdUtils#validateId}, seen in Druid 33). */
public final class DatasourceName {

    /** The column of Druid's metadata store; a longer name is a database error (HTTP 500) at submission. */
    private static final int LONGEST = 255;

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]+");

    private DatasourceName() {}

    /** Why Druid refuses the name, as the end of a sentence that begins with "it". */
    public static Optional<String> problem(String name) {
        if (name.isBlank()) {
            return Optional.of("is blank");
        }
        if (name.length() > LONGEST) {
            return Optional.of("is longer than " + LONGEST + " characters");
        }
        if (name.startsWith(".")) {
            return Optional.of("begins with a dot");
        }
        if (name.contains("/")) {
            return Optional.of("contains a slash");
        }
        return name.chars().anyMatch(DatasourceName::refused)
                ? Optional.of(
                        "contains a control character, white space other than a blank, or a character beyond U+D7FF")
                : Optional.empty();
    }

    public static boolean needsEncoding(String name) {
        return !SAFE.matcher(name).matches();
    }

    private static boolean refused(int character) {
        boolean control = Character.isISOControl(character);
        boolean strangeBlank =
                character != ' ' && (Character.isWhitespace(character) || Character.isSpaceChar(character));
        boolean outsideZooKeeperPaths = character >= 0xD800 && character <= 0xF8FF || character >= 0xFFF0;
        return control || strangeBlank || outsideZooKeeperPaths;
    }
}
