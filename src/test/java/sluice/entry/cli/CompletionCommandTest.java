package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return new Main(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of())
                .run(List.of(arguments));
    }

    @ParameterizedTest
    @CsvSource({
        "sluice his,             history",
        "sluice apply --pl,      --plan",
        "sluice lint --ext,      --extension",
        "sluice rollback --re,   --reason --region",
    })
    void bashCompletesCommandsAndTheirOptions(String typed, String completed) throws Exception {
        // Given
        run("completion", "bash");
        String script = out.toString(StandardCharsets.UTF_8)
                + "COMP_WORDS=(%s); COMP_CWORD=%d; _sluice; echo \"${COMPREPLY[*]}\"\n"
                        .formatted(typed, typed.split(" ").length - 1);

        // When
        Process bash = new ProcessBuilder("bash", "-c", script)
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then
        assertThat(printed.strip()).isEqualTo(completed);
    }

    @Test
    void fishKnowsEveryCommandAndOption() {
        // When
        run("completion", "fish");

        // Then
        String script = out.toString(StandardCharsets.UTF_8);
        for (Command command : Command.values()) {
            assertThat(script).contains(command.word());
            command.options().forEach(option -> assertThat(script)
                    .contains(
                            "__fish_seen_subcommand_from " + command.word() + "' -l " + option.substring(2) + " -r\n"));
        }
    }

    @Test
    void refusesAnotherShell() {
        assertThat(run("completion", "tcsh")).isEqualTo(Main.UNUSABLE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("known are bash, fish, zsh");
    }
}
