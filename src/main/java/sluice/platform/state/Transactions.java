package sluice.platform.state;

import java.util.List;

/** Transactions of which it is an answer, and no error, that a condition does not hold. */
public final class Transactions {

    private Transactions() {}

    /**
     * Makes all writes or none.
     *
     * @return false if a condition failed or another write was under way; then nothing is written
     */
    public static boolean isWritten(StateTable table, List<Write> writes) {
        try {
            table.transact(writes);
            return true;
        } catch (TransactionCancelledException exception) {
            return false;
        }
    }
}
