package sluice.govern.registry;

/** Somebody else has moved the active pointer of the datasource since it was read; nothing was written. */
public class ContendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContendedException(String datasource, Throwable cause) {
        super("another version of " + datasource + " was activated meanwhile: read it and try again", cause);
    }
}
