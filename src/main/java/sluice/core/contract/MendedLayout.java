package sluice.core.contract;

import java.util.ArrayList;
import java.util.List;

/** Tidies what {@link JsonMending} leaves, which keeps lines and columns: blanks in place of comments and commas. */
final class MendedLayout {
    private MendedLayout() {}

    /**
     * Returns the mended text without the lines that became blank and the blanks that ends of lines got.
     *
     * @param text the text as its author wrote it
     * @param mended the same text, line by line
     */
    static String of(String text, String mended) {
        String[] before = text.split("\n", -1);
        String[] after = mended.split("\n", -1);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < after.length; line++) {
            boolean changed = line >= before.length || !before[line].equals(after[line]);
            boolean emptied = changed && after[line].isBlank() && line < before.length && !before[line].isBlank();
            if (!emptied) {
                lines.add(changed && line < before.length ? tidy(before[line], after[line]) : after[line]);
            }
        }
        String joined = String.join("\n", lines);
        // A comma that was missing is at the last blank before the next value, perhaps a line too late.
        return (joined.startsWith(" ") && text.startsWith("\uFEFF") ? joined.substring(1) : joined)
                .replaceAll("(\\s*\\n[ \\t]*),(?=\\S)", ",$1");
    }

    private static String tidy(String before, String after) {
        StringBuilder tidy = new StringBuilder();
        for (int at = 0; at < after.length(); at++) {
            boolean comma = at < before.length() && before.charAt(at) == ',' && after.charAt(at) == ' ';
            if (!comma) {
                tidy.append(after.charAt(at));
            }
        }
        return tidy.toString().stripTrailing();
    }
}
