package sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A start that takes minutes says so all the time. */
class WaitingTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8));

    private long lines() {
        return out.toString(StandardCharsets.UTF_8).lines().count();
    }

    @Test
    void aStepThatIsNotDoneIsNamedAgainAndAgainWithItsActivity() {
        // When
        try (Waiting waiting = new Waiting(
                "components at hand", Duration.ofMillis(5), () -> "Downloading from central: druid.jar", console)) {
            Awaitility.await().until(() -> lines() >= 2);
        }

        // Then
        assertThat(out.toString(StandardCharsets.UTF_8).lines().limit(2)).allSatisfy(line -> assertThat(line)
                .contains("not yet: components at hand", "Downloading from central: druid.jar"));
    }

    @Test
    void aStepThatIsDoneIsNoLongerNamed() {
        // Given
        Waiting waiting = new Waiting("components at hand", Duration.ofMillis(5), () -> "", console);
        Awaitility.await().until(() -> lines() >= 1);

        // When
        waiting.close();

        // Then
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> {
            long before = lines();
            Thread.sleep(20);
            return lines() == before;
        });
    }
}
