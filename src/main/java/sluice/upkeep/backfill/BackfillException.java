package sluice.upkeep.backfill;

/** A request about a backfill cannot be carried out. */
public class BackfillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Code {
        /** There is no such datasource, or no such backfill. */
        UNKNOWN,
        /** The request contradicts the definition or the environment, or the idempotency key belongs to another request. */
        IMPOSSIBLE,
        /** The state of the backfill, or of another one, stands in the way. */
        CONFLICT
    }

    private final Code code;

    BackfillException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
