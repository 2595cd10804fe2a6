package sluice.platform.log;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

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

    /** A batch of messages is one invocation, but each message belongs to the trace of its sender. */
    private static final ThreadLocal<@Nullable String> OF_MESSAGE = new ThreadLocal<>();

    private Trace() {}

    /** Returns the tracing header of this thread's message, else that of the invocation, for whoever passes it on. */
    public static Optional<String> header() {
        return Optional.ofNullable(OF_MESSAGE.get())
                .or(() -> Optional.ofNullable(System.getProperty(PROPERTY)))
                .filter(header -> !header.isBlank());
    }

    /** From now on this thread's log lines carry the trace of the invocation. */
    public static void begin() {
        end();
        header().ifPresent(Trace::log);
    }

    /** From now on this thread's log lines and events carry the trace of a message, until {@link #end}. */
    public static void begin(String header) {
        OF_MESSAGE.set(header);
        log(header);
    }

    /** The next work of this thread belongs to another message. */
    public static void end() {
        OF_MESSAGE.remove();
        MDC.remove(KEY);
    }

    /** Returns the same work, for another thread, whose log lines and events carry what those of this thread carry. */
    public static Runnable carried(Runnable work) {
        Map<String, Object> here = Map.copyOf(MDC.getMap());
        String header = OF_MESSAGE.get();
        if (here.isEmpty() && header == null) {
            return work;
        }
        return () -> {
            here.forEach(MDC::put);
            OF_MESSAGE.set(header);
            try {
                work.run();
            } finally {
                OF_MESSAGE.remove();
                here.keySet().forEach(MDC::remove);
            }
        };
    }

    private static void log(String header) {
        Matcher root = ROOT.matcher(header);
        if (root.find()) {
            MDC.put(KEY, root.group(1));
        }
    }
}
