package sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import sluice.sandbox.process.LogFile;

/** A second sandbox beside the shared one, in a process of its own, which is killed. */
@Isolated("starts a sandbox of its own")
class SandboxProcessesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    @TempDir
    private Path folder;

    @Test
    void aWholeSandboxStaysUnderThreeGigabytesAndNothingOfItOutlivesAKillWithSignal9() throws IOException {
        // Given
        LogFile log = new LogFile(folder.resolve("log"));
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.path().toFile())
                .start();
        await().atMost(PATIENCE)
                .failFast(() -> assertThat(starter.isAlive()).as(log.tail(60)).isTrue())
                .until(() -> !log.search("STARTED").isEmpty());
        assertThat(Long.parseLong(log.search("STARTED").get(0).replaceAll("\\D", "")))
                .as("memory of all processes in MB")
                .isBetween(512L, 3_072L);
        List<ProcessHandle> processes = starter.descendants().toList();
        assertThat(processes).as("Druid, S3, three functions, reaper").hasSizeGreaterThanOrEqualTo(6);

        // When
        starter.destroyForcibly();

        // Then
        await().atMost(PATIENCE).until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** A sandbox that nobody ends. */
    static final class Starter {

        public static void main(String[] arguments) throws InterruptedException {
            Sandbox sandbox = Sandbox.start();
            System.out.println("STARTED with %d MB".formatted(sandbox.residentBytes() >> 20));
            Thread.currentThread().join();
        }
    }
}
