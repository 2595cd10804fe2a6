package sluice.platform.log;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * A log whose messages are constant, so that one search finds all lines of a kind. What differs from line to line goes into
 * key-values, which the JSON of a line has under {@code mdc}:
 *
 * <pre>{@code
 * LOG.info("Run is planned", "runId", run.id(), "cluster", run.cluster());
 * }</pre>
 *
 * <p>Keys are lower camel case and mean the same in every line: {@code runId}, {@code cluster}, {@code datasource},
 * {@code chunk}, {@code taskId}, {@code reason}. A null value leaves its key out.
 */
public final class Log {

    private final Logger logger;

    private Log(Logger logger) {
        this.logger = logger;
    }

    /** Returns the log of a class. */
    public static Log of(Class<?> type) {
        return new Log(Logger.getLogger(type));
    }

    public void debug(String message, @Nullable Object... keyValues) {
        log(Logger.Level.DEBUG, null, message, keyValues);
    }

    public void info(String message, @Nullable Object... keyValues) {
        log(Logger.Level.INFO, null, message, keyValues);
    }

    public void warn(String message, @Nullable Object... keyValues) {
        log(Logger.Level.WARN, null, message, keyValues);
    }

    public void error(String message, @Nullable Object... keyValues) {
        log(Logger.Level.ERROR, null, message, keyValues);
    }

    /** Logs an error with the stack of its cause. */
    public void error(Throwable cause, String message, @Nullable Object... keyValues) {
        log(Logger.Level.ERROR, cause, message, keyValues);
    }

    private void log(Logger.Level level, @Nullable Throwable cause, String message, @Nullable Object... keyValues) {
        if (keyValues.length % 2 != 0) {
            throw new IllegalArgumentException("A key without a value in the line '" + message + "'");
        }
        if (!logger.isEnabled(level)) {
            return;
        }
        List<String> keys = new ArrayList<>();
        List<@Nullable Object> before = new ArrayList<>();
        for (int index = 0; index < keyValues.length; index += 2) {
            Object value = keyValues[index + 1];
            if (keyValues[index] instanceof String key && value != null) {
                keys.add(key);
                before.add(MDC.put(key, value.toString()));
            }
        }
        try {
            logger.log(level, message, cause);
        } finally {
            // In the opposite order, so that a key that was given twice gets its first value back.
            for (int index = keys.size() - 1; index >= 0; index--) {
                Object earlier = before.get(index);
                if (earlier == null) {
                    MDC.remove(keys.get(index));
                } else {
                    MDC.put(keys.get(index), earlier);
                }
            }
        }
    }
}
