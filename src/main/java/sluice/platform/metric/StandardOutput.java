package sluice.platform.metric;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The log of the function. CloudWatch reads metrics only from a log event that is their JSON and nothing else, so the line
 * does not pass through the formatter of the log.
 */
@ApplicationScoped
class StandardOutput implements MetricOutput {

    /** One write of one array, so that a log line of another thread does not get in between. */
    @Override
    public void write(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        PrintStream out = System.out;
        out.write(bytes, 0, bytes.length);
        out.flush();
    }
}
