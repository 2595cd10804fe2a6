package sluice.platform.log;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * The X-Ray trace of the present invocation. Lambda gives each invocation one, whether or not X-Ray records it. EventBridge
 * and SQS pass it on, so all functions that an upload sets in motion log the same {@code traceId}.
 *
 * @see <a href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader">tracing header</a>
 */
public final class Trace {

    /** Where Quarkus puts the header of the present invocation. */
    private static final String PROPERTY = "com.amazonaws.xray.traceHeader";

    private static final String KEY = "traceId";
    private static final Pattern ROOT = Pattern.compile("(?:^|;)\\s*Root=([0-9A-Za-z-]{1,100})");

    private Trace() {}

    /** Returns the tracing header of the present invocation, for whoever passes it on. */
    public static Optional<String> header() {
        return Optional.ofNullable(System.getProperty(PROPERTY)).filter(header -> !header.isBlank());
    }

    /** From now on this thread's log lines carry the trace of the invocation. */
    public static void begin() {
        header().ifPresent(Trace::begin);
    }

    /** From now on this thread's log lines carry the trace of a message. */
    public static void begin(String header) {
        Matcher root = ROOT.matcher(header);
        if (root.find()) {
            MDC.put(KEY, root.group(1));
        }
    }

    /** Returns the same work, for another thread, whose log lines carry what the lines of this thread carry. */
    public static Runnable carried(Runnable work) {
        Map<String, Object> here = Map.copyOf(MDC.getMap());
        if (here.isEmpty()) {
            return work;
        }
        return () -> {
            here.forEach(MDC::put);
            try {
                work.run();
            } finally {
                here.keySet().forEach(MDC::remove);
            }
        };
    }
}
