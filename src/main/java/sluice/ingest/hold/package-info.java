/**
 * Holds: intervals of a datasource whose rows nobody may take away for now. Replaces, rollbacks, sweeps, kill runs and load
 * rules ask here before they touch a time chunk.
 */
@NullMarked
package sluice.ingest.hold;

import org.jspecify.annotations.NullMarked;
