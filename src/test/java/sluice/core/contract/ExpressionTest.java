package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions against Druid's own parser. */
class ExpressionTest {
    private static final List<String> GOOD = List.of(
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

    @Test
    void takesWhatDruidTakesAndRefusesWhatDruidRefuses() throws IOException {
        // Given
        Set<String> functions = new ExpressionFunctions(new SchemaFiles("33")).names();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        Oracle oracle = Oracle.of("33");
        for (String good : GOOD) {
            for (int number = 0; number < 25; number++) {
                String text = number == 0 ? good : spoiled(good, new Random(number * 31L + good.hashCode()));
                if (text.isBlank()) {
                    continue;
                }

                // When
                Oracle.Answer answer = oracle.ask("expression", text);

                // Then
                compared++;
                boolean arity = answer.error() != null
                        && !answer.error().contains("not defined")
                        && !answer.error().contains("Failed to parse");
                if (answer.accepted() != takes(text, functions) && !arity) {
                    differences.add(text + " -> " + answer.error());
                }
            }
        }
        assertThat(compared).isGreaterThan(400);
        assertThat(differences).isEmpty();
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

    private static boolean takes(String text, Set<String> functions) {
        try {
            Expression.check(text, functions);
            return true;
        } catch (Expression.Malformed malformed) {
            return false;
        }
    }

    private static String spoiled(String good, Random random) {
        int at = random.nextInt(good.length());
        return switch (random.nextInt(4)) {
            case 0 -> good.substring(0, at) + good.substring(at + 1);
            case 1 -> good.substring(0, at) + "(),'[]+x1 ".charAt(random.nextInt(10)) + good.substring(at);
            case 2 -> good.substring(0, at);
            default -> good.substring(at);
        };
    }
}
