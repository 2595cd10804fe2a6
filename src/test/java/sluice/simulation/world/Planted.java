package sluice.simulation.world;

import sluice.simulation.Intercepted.Original;

/**
 * A fault such as Sluice's code could have, planted between the code and the seams. There is a new one for every world, so it may
 * remember what it has seen.
 */
@FunctionalInterface
interface Planted {

    /** No fault. */
    Planted NONE = (function, call, arguments, original) -> original.call(arguments);

    /**
     * Makes a call of a seam in the way of the fault.
     *
     * @param function which function calls, such as {@code submit}
     * @param call interface and method, such as {@code StateTable.putIf}
     */
    Object answer(String function, String call, Object[] arguments, Original original) throws Throwable;
}
