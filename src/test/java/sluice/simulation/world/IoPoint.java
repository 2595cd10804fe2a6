package sluice.simulation.world;

/**
 * A moment just before or just after a call to the outside.
 *
 * @param number counts the calls of one history from 1
 * @param call interface and method, such as {@code StateTable.putIf}
 */
record IoPoint(int number, String call, When when) {

    enum When {
        BEFORE,
        AFTER
    }

    @Override
    public String toString() {
        return when.name().toLowerCase() + " call " + number + " (" + call + ")";
    }
}
