package sluice.simulation.druid;

/** Ends a task with an error. */
final class TaskFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TaskFailure(String message) {
        super(message);
    }
}
