/**
 * Runs: their states, their plans, their place in the state table, the leases on time chunks, and the events about them. Every
 * write of a run is conditional on the version that was read. State, event and time of the next look are one write.
 */
@NullMarked
package sluice.ingest.run;

import org.jspecify.annotations.NullMarked;
