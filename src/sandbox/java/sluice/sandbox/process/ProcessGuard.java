package sluice.sandbox.process;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts processes and sees to it that none outlives this one, also when this one is killed with signal 9.
 *
 * <p>A small shell process, the reaper, reads the ids of the running processes from a pipe. The kernel closes the pipe
 * when this process ends, whichever way, and then the reaper kills what is left. A process is born as a shell that waits
 * for a word on its standard input before it becomes the real command, and gets that word only after the reaper knows
 * its id: there is no moment at which it could slip away. This needs nothing but a POSIX shell, so it works for Java
 * servers and native functions alike.
 */
public final class ProcessGuard implements AutoCloseable {

    private static final String REAPER =
            """
            trap '' HUP INT TERM
            pids=' '
            while read -r action pid; do
                case $action in
                    watch) pids="$pids$pid " ;;
                    forget) case $pids in *" $pid "*) pids="${pids%%" $pid "*} ${pids#*" $pid "}" ;; esac ;;
                esac
            done
            for pid in $pids; do kill -9 "$pid"; done
            """;

    private static final String BIRTH = "read -r go && exec \"$@\" </dev/null";

    private final Process reaper;
    private final PrintStream orders;
    private final Set<GuardedProcess> running = ConcurrentHashMap.newKeySet();

    public ProcessGuard() {
        try {
            reaper = new ProcessBuilder("/bin/sh", "-c", REAPER)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot start /bin/sh to watch over the sandbox's processes", failure);
        }
        orders = new PrintStream(reaper.getOutputStream(), true, StandardCharsets.US_ASCII);
    }

    /**
     * Starts a command.
     *
     * @param name        what to call the process in messages
     * @param command     the command and its arguments
     * @param environment the whole environment of the process; nothing is inherited
     * @param folder      its working directory
     * @param log         file to which its standard output and error are appended
     */
    public GuardedProcess start(
            String name, List<String> command, Map<String, String> environment, Path folder, LogFile log) {
        String[] birth = {"/bin/sh", "-c", BIRTH, name};
        ProcessBuilder builder = new ProcessBuilder(birth);
        builder.command().addAll(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log.append());
        try {
            Files.createDirectories(folder);
            Process process = builder.start();
            GuardedProcess guarded = new GuardedProcess(
                    name, process.toHandle(), process.onExit().thenApply(Process::exitValue), log);
            watch(guarded);
            letGo(process);
            return guarded;
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot start " + name + ": " + command, failure);
        }
    }

    /** Takes over a process that another one has started and will {@link #release()}: from now on it ends with this one. */
    public GuardedProcess adopt(String name, ProcessHandle process, LogFile log) {
        GuardedProcess guarded =
                new GuardedProcess(name, process, process.onExit().thenApply(gone -> GuardedProcess.UNKNOWN_EXIT), log);
        watch(guarded);
        return guarded;
    }

    /** Watches over its processes no longer: somebody has adopted them. */
    public void release() {
        List.copyOf(running).forEach(this::forget);
    }

    /** The processes that run now. */
    public List<GuardedProcess> running() {
        return List.copyOf(running);
    }

    /** Kills every process and waits until they are gone. */
    @Override
    public void close() {
        List.copyOf(running).forEach(GuardedProcess::kill);
        orders.close();
        reaper.destroy();
    }

    private void watch(GuardedProcess process) {
        running.add(process);
        order("watch", process.pid());
        process.onExit().thenRun(() -> forget(process));
    }

    private void forget(GuardedProcess process) {
        if (running.remove(process)) {
            order("forget", process.pid());
        }
    }

    private static void letGo(Process process) throws IOException {
        try (var input = process.getOutputStream()) {
            input.write("go\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private synchronized void order(String action, long pid) {
        orders.print(action + " " + pid + "\n");
        orders.flush();
        if (orders.checkError() && !running.isEmpty()) {
            throw new IllegalStateException("The process that watches over the sandbox's processes has ended");
        }
    }
}
