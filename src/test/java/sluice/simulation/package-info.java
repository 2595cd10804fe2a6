/**
 * The simulated world: the real code of the functions over in-memory models of the state table, the bus, S3 and Druid. One
 * thread, one clock and one seed make every history repeatable.
 */
package sluice.simulation;
