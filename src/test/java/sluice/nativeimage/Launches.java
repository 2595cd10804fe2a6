package sluice.nativeimage;

import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** All launches of one contender, and the figures that the tables show of them. */
record Launches(List<Sample> samples) {

    Launches {
        samples = List.copyOf(samples);
    }

    double initialisedMillis() {
        return quantile(sample -> millis(sample.initialised()), 0.5);
    }

    double responseMillis() {
        return quantile(Launches::responseMillis, 0.5);
    }

    double slowestResponseInTenMillis() {
        return quantile(Launches::responseMillis, 0.9);
    }

    double processorMillis() {
        return quantile(Launches::processorMillis, 0.5);
    }

    double leastProcessorMillis() {
        return quantile(Launches::processorMillis, 0);
    }

    double pageFaults() {
        return quantile(Sample::pageFaults, 0.5);
    }

    double peakMegabytes() {
        return quantile(sample -> sample.peakBytes() / 1e6, 0.5);
    }

    private double quantile(ToDoubleFunction<Sample> figure, double share) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1L, Math.round((sorted.length - 1) * share))];
    }

    private static double responseMillis(Sample sample) {
        return millis(sample.firstResponse());
    }

    private static double processorMillis(Sample sample) {
        return millis(sample.processor());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
