package sluice.simulation;

/**
 * Sees every call to a part of the world, just before it takes effect and just after. What it throws, the caller gets: before,
 * the call has had no effect; after, it has, and only its answer is lost.
 */
public interface Calls<C> {

    default void before(C call) {}

    default void after(C call) {}
}
