package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnifiedDiffTest {

    @Test
    void equalTextsHaveNoDifference() {
        assertThat(UnifiedDiff.of("a.json", "x\n", "x\n")).isEmpty();
    }

    @Test
    void hunksAreAsPatchReadsThem() {
        // Given
        String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n";
        String after = "1\n2\n3\n4\nfive\n6\n7\n8\n9\n10\n11\n12\n14\n15\n";

        // When
        String diff = UnifiedDiff.of("a", before, after);

        // Then
        assertThat(diff)
                .isEqualTo(
                        "--- a\n+++ a\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n@@ -10,6 +10,5 @@\n 10\n 11\n 12\n-13\n"
                                + " 14\n 15\n");
    }

    @Test
    void nearChangesShareAHunk() {
        assertThat(UnifiedDiff.of("a", "1\n2\n3\n4\n", "one\n2\n3\nfour\n"))
                .isEqualTo("--- a\n+++ a\n@@ -1,4 +1,4 @@\n-1\n+one\n 2\n 3\n-4\n+four\n");
    }

    @Test
    void aMissingNewlineAtTheEndIsSaid() {
        assertThat(UnifiedDiff.of("a", "1", "2\n"))
                .isEqualTo("--- a\n+++ a\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+2\n");
    }
}
