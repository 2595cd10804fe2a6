/**
 * Turns files that arrive into planned runs. Objects gather per time chunk until the chunk is quiet. Then the planner lists
 * the chunk's objects and makes one batch and one run of them. An object without a run gets an outcome in the ledger.
 */
@NullMarked
package sluice.ingest.intake;

import org.jspecify.annotations.NullMarked;
