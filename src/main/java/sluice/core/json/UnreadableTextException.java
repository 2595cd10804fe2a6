package sluice.core.json;

/** The text is not one YAML or JSON document. */
public final class UnreadableTextException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Position position;

    UnreadableTextException(String message, Position position) {
        super(message);
        this.position = position;
    }

    /** Where reading stopped, or null where nobody knows. */
    public Position position() {
        return position;
    }
}
