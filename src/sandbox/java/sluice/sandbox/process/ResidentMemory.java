package sluice.sandbox.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Resident memory of a process, as Linux' /proc tells it. */
public final class ResidentMemory {

    private static final String PREFIX = "VmRSS:";

    private ResidentMemory() {}

    /** In bytes; 0 if the process is gone or the system has no /proc. */
    public static long of(long pid) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            return lines.filter(line -> line.startsWith(PREFIX))
                    .mapToLong(line -> kibibytes(line) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.substring(PREFIX.length()).replace("kB", "").strip());
    }
}
