package sluice.govern.rollback;

/** Why a definition cannot be rolled back as it was asked. */
public class RollbackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RollbackException(String message) {
        super(message);
    }
}
