package sluice.platform.state;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A transaction was cancelled because of one or more of its writes, and changed nothing. */
public class TransactionCancelledException extends StateException {

    private static final long serialVersionUID = 1L;

    /** Why a write cancelled its transaction. */
    public enum Reason {
        /** Its condition did not hold. */
        CONDITION_FAILED,
        /** Another write of the same item was under way. */
        CONFLICT,
        /** The table throttles writes of this item. */
        THROTTLED,
        /** The table refused the write as invalid. */
        REFUSED
    }

    /**
     * A write that cancelled its transaction.
     *
     * @param key key of the item
     * @param stored the stored item if the condition failed; empty if there is none
     */
    public record Failure(Key key, Reason reason, Optional<Item> stored) {}

    private final transient List<Failure> failures;

    public TransactionCancelledException(List<Failure> failures) {
        this(failures, null);
    }

    public TransactionCancelledException(List<Failure> failures, @Nullable Throwable cause) {
        super(
                Code.CANCELLED,
                "transaction cancelled by "
                        + failures.stream()
                                .map(failure -> failure.key() + ": " + failure.reason())
                                .collect(Collectors.joining(", ")),
                cause);
        this.failures = List.copyOf(failures);
    }

    /** The writes that caused the cancellation, in the order of the transaction. */
    public List<Failure> failures() {
        return failures;
    }

    /** Returns true if the condition of the write of this item did not hold. */
    public boolean conditionFailed(Key key) {
        return failures.stream()
                .anyMatch(failure -> failure.key().equals(key) && failure.reason() == Reason.CONDITION_FAILED);
    }
}
