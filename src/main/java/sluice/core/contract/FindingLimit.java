package sluice.core.contract;

import org.jspecify.annotations.Nullable;

/**
 * Counts the findings of one document and what they say. Beyond the limit a check stops: nobody reads more, an answer has to
 * fit into 6 MB, and each finding costs a search for the word that was meant.
 */
public final class FindingLimit {

    /** Most errors of one document. Warnings count by their characters only: a table may have thousands of columns. */
    public static final int MOST_ERRORS = 1_000;

    private static final long MOST_CHARACTERS = 3_000_000;

    private int errors;
    private long characters;

    /** Thrown when a document has more findings than anybody wants. What was found before counts. */
    public static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded() {
            super("more findings than the limit", null, false, false);
        }
    }

    /** @throws Exceeded if the finding is one too many */
    public void add(Finding finding) {
        errors += finding.severity() == Severity.ERROR ? 1 : 0;
        characters += finding.pointer().length()
                + finding.message().length()
                + length(finding.expected())
                + length(finding.suggestion());
        if (errors > MOST_ERRORS || characters > MOST_CHARACTERS) {
            throw new Exceeded();
        }
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
