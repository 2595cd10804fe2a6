package sluice.upkeep.restore;

/** Data cannot be restored as requested. */
public class RestoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Code code;

    RestoreException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    /** Kinds of reasons. */
    public enum Code {
        /** There is no such cluster, run or unused segment. */
        UNKNOWN,
        /** The request makes no sense, or asks for too much at once. */
        INVALID,
        /** Something has changed since the preview, or somebody else works on the time chunks. */
        CONFLICT
    }
}
