package sluice.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process, as Linux' /proc tells it. */
public final class ResidentMemory {

    private static final String NOW = "VmRSS:";
    private static final String PEAK = "VmHWM:";

    private ResidentMemory() {}

    /** In bytes; 0 if the process is gone or the system has no /proc. */
    public static long of(long pid) {
        return read(pid, NOW);
    }

    /** The most that the process has had so far, in bytes; 0 if it is gone or the system has no /proc. */
    public static long peakOf(long pid) {
        return read(pid, PEAK);
    }

    private static long read(long pid, String prefix) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(prefix))
                    .mapToLong(line -> kibibytes(line.substring(prefix.length())) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long kibibytes(String value) {
        return Long.parseLong(value.replace("kB", "").strip());
    }
}
