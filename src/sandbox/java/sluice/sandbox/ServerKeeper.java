package sluice.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import sluice.sandbox.component.Components;
import sluice.sandbox.component.Folders;
import sluice.sandbox.druid.DruidVersion;
import sluice.sandbox.process.GuardedProcess;
import sluice.sandbox.process.ProcessGuard;

/**
 * {@code ./mvnw -Psandbox -Dsandbox.keep}: keeps servers ready, so that the next sandbox need not wait for Druid.
 *
 * <p>A sandbox that takes them gets servers that nobody has used: what an earlier one loaded cannot change its results. It
 * ends them too. Only then the next ones start, so that two Druids never compete for the machine.
 */
final class ServerKeeper {

    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

    private final Console console;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ServerKeeper(Console console) {
        this.console = console;
    }

    /** Does not return; Ctrl-C ends it and the servers that nobody has taken. */
    void run() {
        new Steps(threads, console).run("components at hand", Components::resolve);
        while (true) {
            keepOnce();
        }
    }

    private void keepOnce() {
        RunFolder folder = RunFolder.create();
        try (ProcessGuard guard = new ProcessGuard();
                Servers servers = Servers.create(DruidVersion.V33, folder, guard)) {
            Steps steps = new Steps(threads, Progress.silent());
            steps.begin("Druid", servers::startDruid);
            steps.begin("S3", servers::startS3);
            steps.await();
            List<GuardedProcess> processes = guard.running();
            servers.asSpare().offer();
            console.say("servers ready for the next sandbox; Ctrl-C ends them");
            while (SpareServers.areOffered() && processes.stream().allMatch(GuardedProcess::isAlive)) {
                LockSupport.parkNanos(PAUSE);
            }
            if (!SpareServers.areOffered()) {
                guard.release();
                console.say("a sandbox has taken the servers");
            }
            while (!SpareServers.areOffered() && processes.stream().anyMatch(GuardedProcess::isAlive)) {
                LockSupport.parkNanos(PAUSE);
            }
            for (GuardedProcess process : processes) {
                Folders.delete(folder.data(process.name()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot remove the state of servers that have ended", failure);
        }
    }
}
