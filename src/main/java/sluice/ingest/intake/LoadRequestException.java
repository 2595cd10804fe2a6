package sluice.ingest.intake;

/** Why no run can be made of an order. */
public class LoadRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong with the order. */
    public enum Code {
        /** No definition in force is of this datasource. */
        UNKNOWN_DATASOURCE,
        /** The key stands for another order already. */
        KEY_TAKEN,
        /** The order cannot be carried out as it is. */
        IMPOSSIBLE,
        /** Other orders kept coming in between; the same order may go through later. */
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
