package sluice.ingest.intake;

/** A load request cannot be carried out. */
public class LoadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Code {
        /** The datasource has no active definition. */
        UNKNOWN_DATASOURCE,
        /** The idempotency key belongs to another request. */
        KEY_TAKEN,
        /** The request contradicts the definition, the environment or what is in S3. */
        IMPOSSIBLE,
        /** There are no files, or an append has loaded all of them. */
        NOTHING_TO_LOAD,
        /** Concurrent requests kept changing the same runs. Repeat the request. */
        CONTENDED
    }

    private final Code code;

    LoadRequestException(Code code, String message) {
        super(message);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
