package sluice.govern.rollback;

/** A definition cannot be rolled back as requested. */
public class RollbackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RollbackException(String message) {
        super(message);
    }
}
