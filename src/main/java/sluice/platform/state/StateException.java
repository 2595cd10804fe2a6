package sluice.platform.state;

/** Why a call to the state table gave no answer. Unless the code says otherwise, it may have taken effect. */
public class StateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is. */
    public enum Code {
        /** The table takes no more calls for now; this one changed nothing. */
        THROTTLED,
        /** The answer did not come in time. */
        TIMED_OUT,
        /** Another write of the same item was under way; this one changed nothing. */
        CONFLICT,
        /** The item would be larger than 400 KB; nothing was changed. */
        ITEM_TOO_LARGE,
        /** The table does not take the call as it is; nothing was changed. */
        REFUSED,
        /** The table cannot be reached, or has failed. */
        UNAVAILABLE,
        /** A transaction has changed nothing, see {@link TransactionCancelledException}. */
        CANCELLED
    }

    private final Code code;

    public StateException(Code code, String message) {
        this(code, message, null);
    }

    public StateException(Code code, String message, Throwable cause) {
        super("state table: " + message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
