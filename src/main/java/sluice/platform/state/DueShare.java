package sluice.platform.state;

import sluice.platform.state.StateTable.DueLane;

/** How many items a partition of the due index gives when its lane has more than are wanted. */
public final class DueShare {

    private DueShare() {}

    /** Returns the share of a partition; in the backlog from each end. */
    public static int of(DueLane lane, int most) {
        int ends = lane == DueLane.BACKLOG ? 2 : 1;
        return Math.max(1, most / (StateTable.DUE_SHARDS * ends));
    }
}
