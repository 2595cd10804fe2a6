package sluice.core.json;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The text is not one YAML or JSON document. */
public final class UnreadableTextException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Position position;

    UnreadableTextException(String message, @Nullable Position position) {
        super(message);
        this.position = position;
    }

    /** What is wrong, never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Where reading stopped, or null where nobody knows. */
    public @Nullable Position position() {
        return position;
    }
}
