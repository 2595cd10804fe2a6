package sluice.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * The medians of all launches, beside those of the contender that the others are measured by.
 *
 * @param reference that contender
 * @param launches  of each contender, in the order of the table
 */
record Table(Contender reference, Map<Contender, Launches> launches) {

    String markdown() throws IOException {
        Launches empty = launches.get(reference);
        StringBuilder text = new StringBuilder("Measured on %s, %s; medians of %d launches each.%n%n"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        machine(),
                        empty.samples().size()));
        text.append("| function | asks for its first event | first response | × empty | slowest in ten"
                + " | processor time | × empty | page faults | peak memory | × empty |\n"
                + "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        launches.forEach((contender, figures) ->
                text.append("| %s | %.1f ms | %.1f ms | %.2f | %.1f ms | %.1f ms | %.2f | %.0f | %.1f MB | %.2f |%n"
                        .formatted(
                                contender.label(),
                                figures.initialisedMillis(),
                                figures.responseMillis(),
                                figures.responseMillis() / empty.responseMillis(),
                                figures.slowestResponseInTenMillis(),
                                figures.processorMillis(),
                                figures.processorMillis() / empty.processorMillis(),
                                figures.pageFaults(),
                                figures.peakMegabytes(),
                                figures.peakMegabytes() / empty.peakMegabytes())));
        return text.toString();
    }

    private static String machine() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
        return "%s, %d processors, Linux %s"
                .formatted(processor, Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"));
    }
}
