/**
 * The simulated world: the real code of the functions over the in-memory state table, bus, S3 and Druid. One thread, one
 * clock and one seed make every history repeatable. {@link sluice.simulation.world.World} is the place to begin.
 */
package sluice.simulation.world;
