package sluice.core.json;

/**
 * Shows a text of others in one line. A key, a file's name or an error of Druid could otherwise begin a line of its own, which
 * a log takes for a command, or control the terminal.
 */
public final class OneLine {

    private OneLine() {}

    /**
     * Returns the text with a space for each line break and control character, and without characters that turn the direction
     * of what follows.
     */
    public static String of(String text) {
        if (text.chars().allMatch(character -> character >= ' ' && character <= '~')) {
            return text;
        }
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (Character.isISOControl(character) || character == 0x2028 || character == 0x2029) {
                line.append(' ');
            } else if (Character.getType(character) != Character.FORMAT) {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }
}
