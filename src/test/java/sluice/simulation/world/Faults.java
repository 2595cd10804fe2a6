package sluice.simulation.world;

/** Decides what happens at each moment of each call. It may let other things happen first, inside the call. */
@FunctionalInterface
interface Faults {

    Faults NONE = point -> Fault.NONE;

    Fault at(IoPoint point);
}
