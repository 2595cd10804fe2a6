package sluice.platform.druid;

/** Why a call to Druid gave no usable answer. */
public class DruidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, which decides what can be done about it. */
    public enum Code {
        /** Nobody there, overloaded, or changing leaders: the same call later may go through. */
        UNAVAILABLE,
        /** The answer did not come in time; whether Druid acted on the request is not known. */
        TIMED_OUT,
        /** Druid understood and said no: the same call will never go through. */
        REFUSED,
        /** Druid wants other credentials. */
        UNAUTHORIZED,
        /** Druid does not know the thing that was asked for. */
        NOT_FOUND,
        /** An answer that Druid should not give, such as an HTML page under status 200. */
        UNEXPECTED
    }

    private final Code code;
    private final String cluster;

    public DruidException(Code code, String cluster, String message) {
        this(code, cluster, message, null);
    }

    public DruidException(Code code, String cluster, String message, Throwable cause) {
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

    /** Whether the same call may go through later. */
    public boolean isTransient() {
        return switch (code) {
            case UNAVAILABLE, TIMED_OUT, UNEXPECTED, UNAUTHORIZED -> true;
            case REFUSED, NOT_FOUND -> false;
        };
    }
}
