package sluice.simulation.world;

/** An invariant that does not hold, and what was found. */
record Violation(Invariant invariant, String found) {

    @Override
    public String toString() {
        return invariant.text() + ": " + found;
    }
}
