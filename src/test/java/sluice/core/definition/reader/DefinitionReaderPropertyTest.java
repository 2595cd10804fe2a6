package sluice.core.definition.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import sluice.core.definition.Definitions;

/** Whatever stands in a file, reading it is an answer and never an exception. */
class DefinitionReaderPropertyTest {

    private static final String SYNTAX = "{}[]:,-?&*!|>'\"%@`#<~$\n\t \\\r\u0000\u0085\uFEFF0123.eE+yontrufals";

    @Property
    void anyTextIsAnswered(@ForAll("texts") String text, @ForAll boolean json) {
        ReadResult result = DefinitionReader.read(text, json ? "x.json" : "x.yaml", Map.of());

        assertThat(result).isInstanceOf(ReadResult.Invalid.class);
        assertThat(result.findings())
                .allSatisfy(finding -> assertThat(finding.message()).isNotBlank());
    }

    @Property
    void anyDamageToADefinitionIsAnswered(
            @ForAll("texts") String text, @ForAll("places") int begin, @ForAll("places") int end) {
        String good = Definitions.WIKIPEDIA;
        int from = Math.min(begin, good.length());
        int to = Math.min(Math.max(begin, end), good.length());

        ReadResult result =
                DefinitionReader.read(good.substring(0, from) + text + good.substring(to), "x.yaml", Map.of());

        assertThat(result.findings()).doesNotContainNull();
    }

    @Property(tries = 200)
    void anyValueAnywhereIsAnswered(@ForAll("values") String value, @ForAll("lines") int line) {
        String[] lines = Definitions.WIKIPEDIA.split("\n");
        lines[line] = lines[line].replaceFirst("([\\w\\]]+): .*$", "$1: " + Matcher.quoteReplacement(value));

        ReadResult result = DefinitionReader.read(String.join("\n", lines), "x.yaml", Definitions.VARIABLES);

        assertThat(result.findings()).doesNotContainNull();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> syntax =
                Arbitraries.strings().withChars(SYNTAX.toCharArray()).ofMaxLength(40);
        return Arbitraries.oneOf(syntax, Arbitraries.strings().ofMaxLength(40), directives());
    }

    private static Arbitrary<String> directives() {
        return Combinators.combine(
                        Arbitraries.of("%YAML ", "%TAG ", "!<", "&", "? "),
                        Arbitraries.strings().withChars("19.!%:/ab\n- ").ofMaxLength(20))
                .as(String::concat);
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, Definitions.WIKIPEDIA.length());
    }

    @Provide
    Arbitrary<Integer> lines() {
        return Arbitraries.integers().between(0, Definitions.WIKIPEDIA.split("\n").length - 1);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "null",
                "~",
                "",
                "1",
                "-1",
                "1e400",
                "99999999999999999999",
                "true",
                "[]",
                "[1]",
                "[null]",
                "{}",
                "{a: 1}",
                "\"\"",
                "' '",
                "P1D",
                "${X}",
                "${",
                "&a [*a]",
                "!!int 5",
                "!!str 5",
                "2026-01-01",
                "on");
    }
}
