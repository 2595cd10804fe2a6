package sluice.core.definition;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which datasource names Druid accepts ({@code org.apache.druid.common.utils.IdUtils#validateId}, Druid 33). */
public final class DatasourceName {

    /** Width of the column in Druid's metadata store; a longer name fails with HTTP 500 at submission. */
    private static final int LONGEST = 255;

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]+");

    private DatasourceName() {}

    /** Returns why Druid refuses the name, as the end of a sentence that begins with "it". */
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
                        "contains a control character, white space other than a space, or a character above U+D7FF")
                : Optional.empty();
    }

    /** Returns true if the name must be encoded in a URL. */
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
