package sluice.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessGuardTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void theProcessIsTheCommandItself() {
        try (ProcessGuard guard = new ProcessGuard()) {
            // When
            GuardedProcess process = guard.start(
                    "shell",
                    List.of("/bin/sh", "-c", "echo $$ $VALUE; exec sleep 1000"),
                    Map.of("VALUE", "x y"),
                    folder,
                    log());

            // Then
            process.awaitLine(process.pid() + " x y", PATIENCE);
            assertThat(guard.running()).containsExactly(process);
        }
    }

    @Test
    void closingKillsWhatRuns() {
        // Given
        GuardedProcess process;
        try (ProcessGuard guard = new ProcessGuard()) {
            process = sleeper(guard);
        }

        // Then
        assertThat(process.isAlive()).isFalse();
        assertThat(process.onExit().join()).isEqualTo(137);
    }

    @Test
    void anAdoptedProcessEndsWithItsNewGuard() {
        // Given
        ProcessGuard second = new ProcessGuard();
        GuardedProcess adopted;
        try (ProcessGuard first = new ProcessGuard()) {
            ProcessHandle process = ProcessHandle.of(sleeper(first).pid()).orElseThrow();
            adopted = second.adopt("sleeper", process, log());
            first.release();
        }
        assertThat(adopted.isAlive()).isTrue();

        // When
        second.close();

        // Then
        assertThat(adopted.isAlive()).isFalse();
        assertThat(adopted.onExit().join()).isEqualTo(GuardedProcess.UNKNOWN_EXIT);
    }

    /** The signal leaves no time to tidy up: only the kernel closes the pipe. */
    @Test
    void nothingOutlivesAStarterThatIsKilledWithSignal9() throws IOException {
        // Given
        Process starter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("starter.log").toFile())
                .start();
        Path pids = folder.resolve("pids");
        await().atMost(PATIENCE).until(() -> Files.exists(pids));
        List<ProcessHandle> children = Files.readAllLines(pids).stream()
                .map(Long::parseLong)
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .toList();
        assertThat(children).hasSize(2).allMatch(ProcessHandle::isAlive);

        // When
        starter.destroyForcibly();

        // Then
        await().atMost(PATIENCE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private GuardedProcess sleeper(ProcessGuard guard) {
        return guard.start("sleeper", List.of("/bin/sleep", "1000"), Map.of(), folder, log());
    }

    private LogFile log() {
        return new LogFile(folder.resolve("log"));
    }

    /** Starts two processes, writes down their ids, and waits for its own end. */
    static final class Starter {

        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path folder = Path.of(arguments[0]);
            LogFile log = new LogFile(folder.resolve("sleepers"));
            ProcessGuard guard = new ProcessGuard();
            List<String> pids = Stream.of("one", "two")
                    .map(name -> guard.start(name, List.of("/bin/sleep", "1000"), Map.of(), folder, log))
                    .map(process -> String.valueOf(process.pid()))
                    .toList();
            Files.move(Files.write(folder.resolve("unfinished"), pids), folder.resolve("pids"));
            Thread.currentThread().join();
        }
    }
}
