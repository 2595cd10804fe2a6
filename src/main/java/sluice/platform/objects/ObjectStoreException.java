package sluice.platform.objects;

import org.jspecify.annotations.Nullable;

/** The object store did not do what it was asked for. */
public class ObjectStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, which decides what can be done about it. */
    public enum Code {
        /** There is no such bucket, object or version. */
        NOT_FOUND,
        /** The function's role may not do this, or the object is archived: the same call fails until somebody acts. */
        FORBIDDEN,
        /** This store does not have this operation: the same call never succeeds. */
        UNSUPPORTED,
        /** The store understood the call and rejects it: the same call never succeeds. */
        REJECTED,
        /** The object is larger than the caller wants to read. */
        TOO_LARGE,
        /** The store cannot be reached, throttles, or fails: the same call may succeed later. */
        UNAVAILABLE
    }

    private final Code code;

    public ObjectStoreException(Code code, String message) {
        this(code, message, null);
    }

    public ObjectStoreException(Code code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
