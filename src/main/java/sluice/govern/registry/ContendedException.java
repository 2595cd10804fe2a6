package sluice.govern.registry;

/** Somebody else moved the active pointer after it was read. Nothing was written. */
public class ContendedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContendedException(String datasource, Throwable cause) {
        super("another version of " + datasource + " was activated meanwhile; read it and try again", cause);
    }
}
