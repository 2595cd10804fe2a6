package sluice.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sluice.sandbox.process.GuardedProcess;
import sluice.sandbox.process.LogFile;
import sluice.sandbox.process.ProcessGuard;

class SpareServersTest {

    private final ProcessGuard guard = new ProcessGuard();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void oneTakerGetsWhatIsOffered() {
        // Given
        SpareServers spare = spare(SpareServers.Member.of(sleeper().pid()));
        spare.offer(folder);

        // When
        List<Optional<SpareServers>> taken = List.of(SpareServers.take(folder), SpareServers.take(folder));

        // Then
        assertThat(taken).containsExactly(Optional.of(spare), Optional.empty());
    }

    @Test
    void serversThatHaveEndedAreNotTaken() {
        // Given
        GuardedProcess process = sleeper();
        spare(SpareServers.Member.of(process.pid())).offer(folder);
        process.kill();

        // When
        Optional<SpareServers> taken = SpareServers.take(folder);

        // Then
        assertThat(taken).isEmpty();
    }

    /** Adopting it would kill a process that is none of ours. */
    @Test
    void anotherProcessWithTheSameIdIsNotTaken() {
        // Given
        SpareServers.Member current = SpareServers.Member.of(sleeper().pid());
        spare(new SpareServers.Member(current.pid(), current.started() - 60_000))
                .offer(folder);

        // When
        Optional<SpareServers> taken = SpareServers.take(folder);

        // Then
        assertThat(taken).isEmpty();
    }

    @Test
    void withoutAnOfferThereIsNothingToTake() {
        assertThat(SpareServers.take(folder.resolve("missing"))).isEmpty();
    }

    private SpareServers spare(SpareServers.Member druid) {
        return new SpareServers(12_000, folder, Map.of("druid", druid));
    }

    private GuardedProcess sleeper() {
        return guard.start(
                "druid", List.of("/bin/sleep", "1000"), Map.of(), folder, new LogFile(folder.resolve("log")));
    }
}
