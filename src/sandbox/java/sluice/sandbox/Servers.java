package sluice.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.sandbox.component.Server;
import sluice.sandbox.druid.DruidServer;
import sluice.sandbox.druid.DruidVersion;
import sluice.sandbox.process.GuardedProcess;
import sluice.sandbox.process.PortBlock;
import sluice.sandbox.process.ProcessGuard;
import sluice.sandbox.s3.S3;

/**
 * The servers of one sandbox that are processes: Druid and the S3 server. They are new, or spare ones that somebody has kept
 * ready; to start spare servers only checks that they are up.
 */
final class Servers implements AutoCloseable {

    private static final Duration MAX_START = Duration.ofSeconds(240);

    private static final int DRUID_PORTS = 0;
    private static final int S3_PORT = 8;

    private final RunFolder folder;
    private final ProcessGuard guard;
    private final PortBlock ports;
    private final Path state;
    private final DruidServer druid;
    private boolean running;

    private Servers(DruidVersion version, RunFolder folder, ProcessGuard guard, PortBlock ports, Path state) {
        this.folder = folder;
        this.guard = guard;
        this.ports = ports;
        this.state = state;
        this.druid = new DruidServer(
                version, guard, state.resolve("druid"), ports.port(DRUID_PORTS), s3(), S3.DRUID, folder::log);
    }

    /** New servers on ports of their own; nothing is started yet. */
    static Servers create(DruidVersion version, RunFolder folder, ProcessGuard guard) {
        return new Servers(version, folder, guard, PortBlock.claim(), folder.path());
    }

    /** The spare servers if some of this version are ready, else new ones. Druid 33 alone is kept ready. */
    static Servers spareOrNew(DruidVersion version, RunFolder folder, ProcessGuard guard) {
        Optional<SpareServers> spare = version == DruidVersion.V33 ? SpareServers.take() : Optional.empty();
        return spare.map(ready -> adopt(ready, folder, guard)).orElseGet(() -> create(version, folder, guard));
    }

    private static Servers adopt(SpareServers spare, RunFolder folder, ProcessGuard guard) {
        spare.members().keySet().forEach(name -> link(folder.log(name).path(), spare.log(name)));
        Servers servers =
                new Servers(DruidVersion.V33, folder, guard, PortBlock.borrowed(spare.firstPort()), spare.state());
        spare.members().forEach((name, member) -> servers.adopt(guard.adopt(name, member.process(), folder.log(name))));
        servers.running = true;
        return servers;
    }

    private void adopt(GuardedProcess process) {
        if (process.name().equals(Server.DRUID.label())) {
            druid.adopt(process);
        }
    }

    /** Twenty ports, of which the servers use the first nine but one. */
    PortBlock ports() {
        return ports;
    }

    DruidServer druid() {
        return druid;
    }

    URI s3() {
        return loopback(S3_PORT);
    }

    void startDruid() {
        if (!running) {
            druid.start();
        }
        druid.awaitReady();
    }

    void startS3() {
        if (!running) {
            start(
                    Server.S3,
                    String.valueOf(ports.port(S3_PORT)),
                    String.join(",", S3.LANDING, S3.CONFIGURATION, S3.DRUID));
        }
    }

    /** Starts a server and waits until it is up. */
    void start(Server server, String... arguments) {
        String name = server.label();
        guard.start(name, server.command(folder.data(name), arguments), Map.of(), folder.data(name), folder.log(name))
                .awaitLine(Server.UP, MAX_START);
    }

    /** What somebody else has to know to take these servers over. */
    SpareServers asSpare() {
        Map<String, SpareServers.Member> members = new LinkedHashMap<>();
        guard.running().forEach(process -> members.put(process.name(), SpareServers.Member.of(process.pid())));
        return new SpareServers(ports.port(0), state, members);
    }

    /** Frees the ports; the guard ends the processes. */
    @Override
    public void close() {
        ports.close();
    }

    private URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + ports.port(port));
    }

    private static void link(Path link, Path target) {
        try {
            Files.createSymbolicLink(link, target);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot link " + link + " to " + target, failure);
        }
    }
}
