package sluice.govern.streams;

/** An operation on a stream cannot be started. The message says why, for the caller. */
public final class StreamException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StreamException(String message) {
        super(message);
    }
}
