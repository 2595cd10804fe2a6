package sluice.upkeep.retention;

/** Why a sweep cannot be made as it was asked for. */
public class SweepException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of reason it is. */
    public enum Code {
        /** There is no such cluster or datasource. */
        UNKNOWN,
        /** The order says something else than the definition. */
        CONTRADICTION
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
