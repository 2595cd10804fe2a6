package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link ExpressionIT} compares spoiled expressions with Druid's own parser. */
class ExpressionTest {

    static final List<String> GOOD = List.of(
            "x",
            "1 + 2 * -x",
            "!(a && b) || c",
            "upper(\"page\")",
            "concat('a', 'it\\'s', x)",
            "timestamp_format(__time, 'yyyy-MM-dd')",
            "case_searched(url == '', 'none', regexp_extract(url, 'https?://([^/]+)', 1))",
            "map((x) -> x + 1, list)",
            "fold((x, acc) -> x + acc, list, 0)",
            "filter(x -> x > 2, [1, 2, 3])",
            "array_contains(['a', 'b'], x)",
            "ARRAY<LONG>[1, 2]",
            "a ^ 2 % 3",
            "1.5e3 / 0.5",
            "null",
            "nvl(x, 0) >= 10",
            "\"a b\" != 'c'",
            "json_value(attributes, '$.a')");

    static List<String> good() {
        return GOOD;
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatDruidTakesIsTaken(String text) {
        // Given
        Set<String> functions = new ExpressionFunctions(new SchemaFiles("33")).names();

        // Then
        assertThat(takes(text, functions)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 +",
                "upper(page",
                "upper(page))",
                "'a",
                "\"a",
                "[1, 2",
                "x y",
                "uper(page)",
                "(x, y) 1",
                "1..2"
            })
    void aMalformedExpressionIsRefused(String text) {
        // Given
        Set<String> functions = new ExpressionFunctions(new SchemaFiles("33")).names();

        // Then
        assertThat(takes(text, functions)).isFalse();
    }

    @Test
    void aLiteralMayHaveAnyLength() {
        // Given
        Set<String> functions = Set.of("concat");
        String letters = "q".repeat(1_000_000);

        // Then
        assertThat(takes("concat('" + letters + "', \"" + letters + "\", " + letters + ")", functions))
                .isTrue();
        assertThat(takes("concat('" + "\\'".repeat(500_000) + "')", functions)).isTrue();
        assertThat(takes("'" + letters, functions)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "concat(", "concat((x) -> ", "-(", "!(", "[", "1 + (", "((x, y) -> "})
    void anExpressionNestedWithoutEndIsRefused(String opening) {
        // When
        boolean taken = takes(opening.repeat(100_000) + "1" + ")".repeat(100_000), Set.of("concat"));

        // Then
        assertThat(taken).isFalse();
    }

    static boolean takes(String text, Set<String> functions) {
        try {
            Expression.check(text, functions);
            return true;
        } catch (Expression.Malformed malformed) {
            return false;
        }
    }
}
