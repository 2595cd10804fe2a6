package sluice.nativeimage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The medians of all launches, beside those of one row that the others are measured by.
 *
 * @param reference name of that row
 * @param samples   of each row, in the order of the table
 */
record Table(String reference, Map<String, List<Sample>> samples) {

    String markdown() throws IOException {
        StringBuilder text = new StringBuilder("Measured on %s, %s; medians of %d launches each.%n%n"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        machine(),
                        samples.get(reference).size()));
        text.append("| function | asks for its first event | first response | × empty | slowest in ten"
                + " | processor time | × empty | peak memory | × empty |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        double emptyTime = median(reference, Table::responseMillis);
        double emptyProcessor = median(reference, Table::processorMillis);
        double emptyPeak = median(reference, Table::peakMegabytes);
        for (String row : samples.keySet()) {
            double time = median(row, Table::responseMillis);
            double processor = median(row, Table::processorMillis);
            double peak = median(row, Table::peakMegabytes);
            text.append("| %s | %.1f ms | %.1f ms | %.2f | %.1f ms | %.1f ms | %.2f | %.1f MB | %.2f |%n"
                    .formatted(
                            row,
                            median(row, sample -> millis(sample.initialised())),
                            time,
                            time / emptyTime,
                            quantile(row, Table::responseMillis, 0.9),
                            processor,
                            processor / emptyProcessor,
                            peak,
                            peak / emptyPeak));
        }
        return text.toString();
    }

    private double median(String row, ToDoubleFunction<Sample> figure) {
        return quantile(row, figure, 0.5);
    }

    private double quantile(String row, ToDoubleFunction<Sample> figure, double share) {
        double[] sorted = samples.get(row).stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round((sorted.length - 1) * share))];
    }

    private static double responseMillis(Sample sample) {
        return millis(sample.firstResponse());
    }

    private static double processorMillis(Sample sample) {
        return millis(sample.processor());
    }

    private static double peakMegabytes(Sample sample) {
        return sample.peakBytes() / 1e6;
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
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
