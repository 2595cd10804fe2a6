package sluice.core.definition.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.BoundedWork;
import sluice.core.contract.Finding;
import sluice.core.definition.Definitions;

/** Texts that are short enough to be accepted, and made to exhaust the stack, the memory or the patience. */
@Timeout(120)
class HostileDefinitionIT {

    private static final String LETTERS_45K = "k".repeat(45_000);

    static Stream<Arguments> hostileTexts() {
        return Stream.of(
                Arguments.of("merge of itself", "a.yaml", "<<: &a [*a]\n"),
                Arguments.of("anchor of itself", "a.yaml", "a: &a {b: *a}\n"),
                Arguments.of(
                        "long key above many values",
                        "a.json",
                        "{\"" + "k".repeat(49_000) + "\":" + zeros(300_000) + "}"),
                Arguments.of(
                        "long key above many values",
                        "a.yaml",
                        "? " + "k".repeat(49_000) + "\n: " + zeros(300_000) + "\n"),
                Arguments.of(
                        "aliased list below long keys",
                        "a.yaml",
                        "? " + "k".repeat(400_000) + "\n: &a " + zeros(90_000) + "\nb: *a\n"),
                Arguments.of(
                        "aliased long scalar",
                        "a.yaml",
                        "a: &a " + "v".repeat(400_000) + "\nb: [" + String.join(",", Collections.nCopies(20_000, "*a"))
                                + "]\n"),
                Arguments.of("merges in merges", "a.yaml", merges(8)),
                Arguments.of("lists in merged lists", "a.yaml", mergedLists(9)),
                Arguments.of("lists in lists", "a.yaml", nested(9)),
                Arguments.of("deep list", "a.yaml", "[".repeat(400_000)),
                Arguments.of("deep list", "a.json", "[".repeat(400_000)),
                Arguments.of("deep object", "a.json", "{\"a\":".repeat(150_000)),
                Arguments.of("deep keys", "a.yaml", "? ".repeat(400_000)),
                Arguments.of("deep sequence", "a.yaml", "- ".repeat(400_000)),
                Arguments.of("many values", "a.json", zeros(490_000)),
                Arguments.of("many values", "a.yaml", zeros(490_000)),
                Arguments.of("long unknown keys", "a.json", unknownKeys(20, LETTERS_45K)),
                Arguments.of("many unknown keys", "a.json", unknownKeys(60_000, "")),
                Arguments.of(
                        "many repeated keys",
                        "a.json",
                        "{" + String.join(",", Collections.nCopies(90_000, "\"a\":1")) + "}"),
                Arguments.of("open references", "a.yaml", "a: '" + "${".repeat(400_000) + "'\n"),
                Arguments.of("many references", "a.yaml", "a: '" + "${A}".repeat(240_000) + "'\n"),
                Arguments.of(
                        "references in many texts",
                        "a.yaml",
                        "a: [" + String.join(",", Collections.nCopies(90_000, "'${A}'")) + "]\n"),
                Arguments.of("huge number", "a.json", "{\"retention\":1e999999999}"),
                Arguments.of("long number", "a.yaml", "a: " + "9".repeat(900_000) + "\n"),
                Arguments.of("long tag", "a.yaml", "a: !" + "t".repeat(900_000) + " b\n"),
                Arguments.of("long anchor", "a.yaml", "a: &" + "t".repeat(900_000) + " b\n"),
                Arguments.of("open quote", "a.yaml", "a: \"" + "\\n".repeat(400_000)));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("hostileTexts")
    void areRefusedWithFewFindingsAndLittleWork(String kind, String name, String text) throws Exception {
        // Given
        Variables variables = Variables.of(Map.of("A", "v".repeat(60_000)));

        // When
        ReadResult result = BoundedWork.of(() -> DefinitionReader.read(text, name, variables));

        // Then
        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        assertThat(result.findings().size()).isBetween(1, 1_010);
        assertThat(result.findings().stream()
                        .mapToLong(HostileDefinitionIT::characters)
                        .sum())
                .isLessThan(8_000_000);
    }

    @Test
    void findingsBeyondTheLimitAreCountedAsOneThatSaysSo() {
        // When
        ReadResult result = DefinitionReader.read(unknownKeys(5_000, ""), "a.json", Variables.NONE);

        // Then
        assertThat(result.findings().size()).isEqualTo(1_001);
        assertThat(result.findings().stream().map(Finding::message))
                .contains("There are more findings than these 1000");
    }

    @Test
    void aDefinitionOfTheUsualKindMayBeLarge() {
        // Given
        String dimensions = IntStream.range(0, 9_000)
                .mapToObj(index -> "{type: string, name: column" + index + "}")
                .collect(Collectors.joining(", ", "[", "]"));
        String large = Definitions.MINIMAL.replace("dimensions: [page]", "dimensions: " + dimensions);

        // When
        ReadResult result = DefinitionReader.read(large, "a.yaml", new Variables(Set.of(), Map.of()));

        // Then
        assertThat(result).isInstanceOf(ReadResult.Valid.class);
    }

    private static long characters(Finding finding) {
        return finding.pointer().length()
                + finding.message().length()
                + (finding.expected() == null ? 0 : finding.expected().length())
                + (finding.suggestion() == null ? 0 : finding.suggestion().length());
    }

    private static String zeros(int count) {
        return "[" + String.join(",", Collections.nCopies(count, "0")) + "]";
    }

    private static String unknownKeys(int count, String tail) {
        return IntStream.range(0, count)
                .mapToObj(index -> "\"k" + index + tail + "\":0")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String merges(int levels) {
        StringBuilder text = new StringBuilder("l0: &l0 {a: 1}\n");
        for (int level = 1; level <= levels; level++) {
            text.append("l%d: &l%d {<<: [%s]}\n"
                    .formatted(level, level, String.join(",", Collections.nCopies(10, "*l" + (level - 1)))));
        }
        return text.toString();
    }

    private static String mergedLists(int levels) {
        return "x:\n" + nested(levels).indent(1) + "<<: *l" + levels + "\n";
    }

    private static String nested(int levels) {
        StringBuilder text = new StringBuilder("l0: &l0 []\n");
        for (int level = 1; level <= levels; level++) {
            text.append("l%d: &l%d [%s]\n"
                    .formatted(level, level, String.join(",", Collections.nCopies(10, "*l" + (level - 1)))));
        }
        return text.toString();
    }
}
