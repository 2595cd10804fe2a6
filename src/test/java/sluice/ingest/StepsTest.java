package sluice.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepsTest {

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromTheirTurn() {
        List<String> taken = new ArrayList<>();
        Steps steps = new Steps()
                .then("first", () -> {
                    throw new IllegalStateException("first");
                })
                .then("second", () -> taken.add("second"))
                .then("third", () -> {
                    throw new IllegalArgumentException("third");
                })
                .then("fourth", () -> taken.add("fourth"));

        assertThat(taken).containsExactly("second", "fourth");
        assertThatThrownBy(steps::end)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("first")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void withoutAFailureTheEndIsQuiet() {
        List<String> taken = new ArrayList<>();

        new Steps().then("only", () -> taken.add("only")).end();

        assertThat(taken).containsExactly("only");
    }
}
