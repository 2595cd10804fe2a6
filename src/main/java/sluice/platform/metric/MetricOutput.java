package sluice.platform.metric;

/** Where lines of metrics go. */
public interface MetricOutput {

    /** Writes one line, which is JSON and has no line break. */
    void write(String line);
}
