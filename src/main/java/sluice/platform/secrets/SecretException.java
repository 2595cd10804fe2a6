package sluice.platform.secrets;

import org.jspecify.annotations.Nullable;

/** A secret cannot be read or is not what it should be. The message names the reference and never the value. */
public class SecretException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SecretException(String message) {
        this(message, null);
    }

    /** @param cause must not quote the value */
    public SecretException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
