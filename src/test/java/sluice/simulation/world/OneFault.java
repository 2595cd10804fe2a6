package sluice.simulation.world;

import org.jspecify.annotations.Nullable;

/** Goes wrong at one call, and lets all others pass. */
final class OneFault implements Faults {

    private final int call;
    private final IoPoint.When when;
    private final Fault fault;
    private boolean isReached;
    private @Nullable IoPoint point;

    /** @param call counts the calls of one history from 1 */
    OneFault(int call, IoPoint.When when, Fault fault) {
        this.call = call;
        this.when = when;
        this.fault = fault;
    }

    @Override
    public Fault at(IoPoint now) {
        if (now.when() != when) {
            return Fault.NONE;
        }
        isReached |= now.number() >= call;
        if (now.number() != call) {
            return Fault.NONE;
        }
        point = now;
        return fault;
    }

    /** Whether there were so many calls. The fault may have come too late for its own. */
    boolean isReached() {
        return isReached;
    }

    /** Whether the call went wrong. */
    boolean isMet() {
        return point != null;
    }

    @Override
    public String toString() {
        return fault + " " + point;
    }
}
