package sluice.platform.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A transaction has changed nothing because of one or more of its writes. */
public class TransactionCancelledException extends StateException {

    private static final long serialVersionUID = 1L;

    /** Why a write has kept its transaction from taking effect. */
    public enum Reason {
        /** Its condition did not hold. */
        CONDITION_FAILED,
        /** Another write of the same item was under way. */
        CONFLICT,
        /** The table takes no more writes of this item for now. */
        THROTTLED,
        /** The table does not take the write as it is. */
        REFUSED
    }

    /**
     * A write that has kept its transaction from taking effect.
     *
     * @param key of the item that it would have written
     * @param stored the item under the key where the condition failed; empty where there is none
     */
    public record Failure(Key key, Reason reason, Optional<Item> stored) {}

    private final transient List<Failure> failures;

    public TransactionCancelledException(List<Failure> failures) {
        this(failures, null);
    }

    public TransactionCancelledException(List<Failure> failures, Throwable cause) {
        super(
                Code.CANCELLED,
                "transaction cancelled by "
                        + failures.stream()
                                .map(failure -> failure.key() + ": " + failure.reason())
                                .collect(Collectors.joining(", ")),
                cause);
        this.failures = List.copyOf(failures);
    }

    /** The writes that are to blame, in the order of the transaction. */
    public List<Failure> failures() {
        return failures;
    }

    /** Returns true if the condition of the write of this item did not hold. */
    public boolean conditionFailed(Key key) {
        return failures.stream()
                .anyMatch(failure -> failure.key().equals(key) && failure.reason() == Reason.CONDITION_FAILED);
    }
}
