package sluice.simulation.world;

/** The process of a function dies here. An error, so that no handler of exceptions goes on. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed(IoPoint point) {
        super("killed " + point, null, false, false);
    }
}
