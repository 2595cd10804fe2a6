package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Expressions against Druid's own parser. */
class ExpressionIT {

    @Test
    void takesWhatDruidTakesAndRefusesWhatDruidRefuses() throws IOException {
        // Given
        Set<String> functions = new ExpressionFunctions(new SchemaFiles("33")).names();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        Oracle oracle = Oracle.of("33");
        for (String good : ExpressionTest.GOOD) {
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
                if (answer.accepted() != ExpressionTest.takes(text, functions) && !arity) {
                    differences.add(text + " -> " + answer.error());
                }
            }
        }
        assertThat(compared).isGreaterThan(400);
        assertThat(differences).isEmpty();
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
