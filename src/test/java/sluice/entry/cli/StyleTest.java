package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StyleTest {

    @ParameterizedTest
    @CsvSource({"true, '', COLOURED", "true, 1, PLAIN", "false, '', PLAIN", "false, 1, PLAIN"})
    void coloursAreForTerminalsUnlessNobodyWantsThem(boolean isTerminal, String noColor, Style style) {
        // Given
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(System.out),
                new PrintStream(System.err),
                Map.of("NO_COLOR", noColor),
                isTerminal);

        // Then
        assertThat(console.style()).isEqualTo(style);
    }
}
