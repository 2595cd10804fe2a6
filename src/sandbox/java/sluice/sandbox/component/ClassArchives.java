package sluice.sandbox.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import sluice.sandbox.process.GuardedProcess;
import sluice.sandbox.process.LogFile;
import sluice.sandbox.process.PortBlock;
import sluice.sandbox.process.ProcessGuard;

/**
 * Java's archives of loaded classes (AppCDS), one per server: with it a server is up with about two thirds of the work.
 *
 * <p>An archive is made by starting the server once and ending it in an orderly way. A Java that makes none is no error:
 * the servers then start without.
 */
final class ClassArchives {

    private static final List<Server> SERVERS = List.of(Server.DRUID, Server.S3);

    private static final Duration MAX_START = Duration.ofSeconds(240);
    private static final String NO_S3 = "http://127.0.0.1:9";

    private ClassArchives() {}

    /** Makes the archives that are missing, all at once. */
    static void make() throws IOException {
        if (SERVERS.stream().map(Server::classArchive).allMatch(Files::exists)) {
            return;
        }
        Path folder = Files.createTempDirectory("sluice-archives");
        try (ProcessGuard guard = new ProcessGuard();
                PortBlock ports = PortBlock.claim()) {
            List<GuardedProcess> running = List.of(
                    start(guard, folder, Server.DRUID, String.valueOf(ports.port(0)), NO_S3, "none"),
                    start(guard, folder, Server.S3, String.valueOf(ports.port(7)), "none"));
            running.forEach(process -> process.awaitLine(Server.UP, MAX_START));
            running.forEach(GuardedProcess::terminate);
            running.forEach(process -> process.onExit().join());
        }
        for (Server server : SERVERS) {
            keep(server);
        }
        Folders.delete(folder);
    }

    private static GuardedProcess start(ProcessGuard guard, Path folder, Server server, String... arguments) {
        return guard.start(
                server.label(),
                server.archivingCommand(unfinished(server), folder.resolve(server.label()), arguments),
                Map.of(),
                folder.resolve(server.label()),
                new LogFile(folder.resolve(server.label() + ".log")));
    }

    /** An empty file says that this Java makes no archive, so that it is not tried at every start. */
    private static void keep(Server server) throws IOException {
        if (Files.exists(unfinished(server))) {
            Files.move(unfinished(server), server.classArchive(), StandardCopyOption.REPLACE_EXISTING);
        } else if (!Files.exists(server.classArchive())) {
            Files.createFile(server.classArchive());
        }
    }

    private static Path unfinished(Server server) {
        return server.classArchive().resolveSibling("unfinished.jsa");
    }
}
