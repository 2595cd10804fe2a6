package sluice.upkeep.retention;

/** Reports that a requested sweep or plan is not possible. */
public class SweepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Reasons. */
    public enum Code {
        /** There is no such cluster or datasource. */
        UNKNOWN,
        /** The request contradicts the definition. */
        CONTRADICTION,
        /** A setting of the environment forbids it. */
        FORBIDDEN
    }

    private final Code code;

    SweepException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
