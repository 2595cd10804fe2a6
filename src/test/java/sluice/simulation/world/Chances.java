package sluice.simulation.world;

/**
 * How likely it is that something goes wrong.
 *
 * @param kills in thousandths a moment of a call
 * @param errors in thousandths a moment of a call
 * @param meanwhile in thousandths a moment of a call that other things happen inside of it
 * @param tasks in hundredths a task
 * @param focus calls at which more goes wrong than elsewhere
 */
record Chances(int kills, int errors, int meanwhile, int tasks, Focus focus) {

    static final Chances NONE = new Chances(0, 0, 0, 0, Focus.ANYWHERE);

    /** The same with another chance of tasks to fail. */
    Chances tasks(int hundredths) {
        return new Chances(kills, errors, meanwhile, hundredths, focus);
    }

    /** The chances are those of so many moments of this call. */
    int moments(String call) {
        return switch (call) {
            // What posts a task or marks segments is called rarely, and does most harm if it is done by halves.
            case "DruidTasks.submit", "SegmentUsage.markUsed", "SegmentUsage.markUnused" -> 100;
            // What is stored is told only once it is published.
            case "EventBus.publish" -> 250;
            case "StateTable.transact" -> focus == Focus.ANYWHERE ? 1_000 : 250;
            case "StateTable.put", "StateTable.putIf", "StateTable.updateIf" -> focus == Focus.WRITES ? 250 : 1_000;
            default -> 1_000;
        };
    }

    /** Where most goes wrong, beside the calls that are always critical. */
    enum Focus {
        ANYWHERE,
        TRANSACTIONS,
        /** All writes to the state table. */
        WRITES
    }
}
