package sluice.platform.state;

import org.jspecify.annotations.Nullable;

/** Why a call to the state table failed. Unless the code says otherwise, the call may have taken effect. */
public class StateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Kind of failure. */
    public enum Code {
        /** The table throttles calls; this one changed nothing. */
        THROTTLED,
        /** There was no answer in time. */
        TIMED_OUT,
        /** Another write of the same item was under way; this one changed nothing. */
        CONFLICT,
        /** The item would be larger than 400 KB; nothing was changed. */
        ITEM_TOO_LARGE,
        /** The table refused the call as invalid; nothing was changed. */
        REFUSED,
        /** The table is unreachable or failed. */
        UNAVAILABLE,
        /** A transaction was cancelled and changed nothing, see {@link TransactionCancelledException}. */
        CANCELLED
    }

    private final Code code;

    public StateException(Code code, @Nullable String message) {
        this(code, message, null);
    }

    public StateException(Code code, @Nullable String message, @Nullable Throwable cause) {
        super("state table: " + message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
