package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.core.BoundedWork;

/** Specs of at most 1 MiB that are made to exhaust the stack, the memory or the patience. */
@Timeout(120)
class HostileSpecIT {

    private static final Contract CONTRACT = Contract.forDruid("33");

    static Stream<Arguments> hostileTexts() {
        return Stream.of(
                Arguments.of("parentheses", expression("(".repeat(100_000))),
                Arguments.of("calls", expression("abs(".repeat(100_000))),
                Arguments.of("lambdas", expression("map(".repeat(50_000) + "(x".repeat(100_000))),
                Arguments.of("lambda heads", expression("map((a, b) -> ".repeat(30_000))),
                Arguments.of("signs", expression("-".repeat(900_000))),
                Arguments.of("open literal", expression("'" + "a".repeat(900_000))),
                Arguments.of("deep list", "[".repeat(900_000)),
                Arguments.of("deep object", "{\"a\":".repeat(150_000)),
                Arguments.of("object that is nearly too deep", "{\"a\":".repeat(990) + "1" + "}".repeat(990)),
                Arguments.of("many unknown fields", spec(unknown(60_000, "f"))),
                Arguments.of("long unknown fields", spec(unknown(20, "f".repeat(45_000)))),
                Arguments.of(
                        "unknown fields under long names",
                        spec("\"" + "x".repeat(40_000) + "\":{" + unknown(60_000, "") + "}")),
                Arguments.of("many unknown functions", transforms(20_000, "unknown_fun(x)")),
                Arguments.of("many malformed expressions", transforms(20_000, "(")),
                Arguments.of(
                        "many repeated keys", "{" + String.join(",", Collections.nCopies(100_000, "\"type\":1")) + "}"),
                Arguments.of("many words without quotes", "[" + words(100_000) + "]"),
                Arguments.of(
                        "many different words without quotes",
                        "["
                                + IntStream.range(0, 120_000)
                                        .mapToObj(index -> "w" + index)
                                        .collect(Collectors.joining(","))
                                + "]"),
                Arguments.of("values without commas and blanks", "[" + "1\"a\"".repeat(240_000) + "]"),
                Arguments.of("constants of another language", "[" + "True,".repeat(200_000) + "]"),
                Arguments.of("comments", "{" + "/**/".repeat(250_000) + "}"),
                Arguments.of("open comments", "/*".repeat(400_000)),
                Arguments.of("typographic quotes", "[" + "\u201Ca\u201D,".repeat(200_000) + "]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTexts")
    void areRefusedWithFewFindingsAndLittleWork(String kind, String text) throws Exception {
        // When
        List<Finding> findings = BoundedWork.of(() -> CONTRACT.check(text));

        // Then
        assertThat(findings.size()).isBetween(1, 1_010);
        assertThat(findings.stream()
                        .mapToLong(finding ->
                                finding.pointer().length() + finding.message().length())
                        .sum())
                .isLessThan(8_000_000);
    }

    @Test
    void aLiteralMayBeLong() throws Exception {
        // Given
        String text = expression("concat(x, '" + "a".repeat(15_000) + "')");

        // When
        List<Finding> findings = BoundedWork.of(() -> CONTRACT.check(text));

        // Then
        assertThat(findings).extracting(Finding::code).doesNotContain(ContractCode.EXPRESSION_MALFORMED.id());
    }

    private static String words(int count) {
        return String.join(" ", Collections.nCopies(count, "word"));
    }

    private static String unknown(int count, String tail) {
        return IntStream.range(0, count)
                .mapToObj(index -> "\"k" + index + tail + "\":1")
                .collect(Collectors.joining(","));
    }

    private static String spec(String fields) {
        return "{\"type\":\"index_parallel\",\"spec\":{\"ioConfig\":{\"type\":\"index_parallel\"," + fields + "}}}";
    }

    private static String expression(String expression) {
        return transforms(1, expression);
    }

    private static String transforms(int count, String expression) {
        return IntStream.range(0, count)
                .mapToObj(index ->
                        "{\"type\":\"expression\",\"name\":\"n%d\",\"expression\":\"%s\"}".formatted(index, expression))
                .collect(Collectors.joining(
                        ",",
                        "{\"type\":\"index_parallel\",\"spec\":{\"dataSchema\":{\"dataSource\":\"a\",\"transformSpec\":"
                                + "{\"transforms\":[",
                        "]}}}}"));
    }
}
