package sluice.platform.druid;

import org.jspecify.annotations.Nullable;

/** A call to Druid failed, or its answer is unusable. */
public class DruidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Kind of failure. */
    public enum Code {
        /** Unreachable, overloaded or changing leaders: a later call may succeed. */
        UNAVAILABLE,
        /** There was no answer in time. Druid may have acted on the request. */
        TIMED_OUT,
        /** Druid refused the request. The same call will never succeed. */
        REFUSED,
        /** Druid refused the credentials. */
        UNAUTHORIZED,
        /** Druid does not know the requested thing. */
        NOT_FOUND,
        /** An answer that Druid should not give, such as an HTML page under status 200. */
        UNEXPECTED
    }

    private final Code code;
    private final String cluster;

    public DruidException(Code code, String cluster, String message) {
        this(code, cluster, message, null);
    }

    public DruidException(Code code, String cluster, String message, @Nullable Throwable cause) {
        super("cluster " + cluster + ": " + message, cause);
        this.code = code;
        this.cluster = cluster;
    }

    public Code code() {
        return code;
    }

    public String cluster() {
        return cluster;
    }

    /** Returns true if the same call may succeed later. */
    public boolean isTransient() {
        return switch (code) {
            case UNAVAILABLE, TIMED_OUT, UNEXPECTED, UNAUTHORIZED -> true;
            case REFUSED, NOT_FOUND -> false;
        };
    }
}
