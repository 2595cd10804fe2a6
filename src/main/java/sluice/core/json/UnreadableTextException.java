package sluice.core.json;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The text is not a single YAML or JSON document. */
public final class UnreadableTextException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Position position;

    UnreadableTextException(String message, @Nullable Position position) {
        super(message);
        this.position = position;
    }

    /** Says what is wrong; never null. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** Returns where reading stopped; null if unknown. */
    public @Nullable Position position() {
        return position;
    }
}
