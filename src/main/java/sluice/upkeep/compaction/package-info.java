/**
 * Compaction by Sluice after ingestion: whether it pays, the task, its proof, and the state of a time chunk on all clusters.
 * Druid's own automatic compaction is only watched here ({@link sluice.upkeep.compaction.CompactionWatch}).
 */
@NullMarked
package sluice.upkeep.compaction;

import org.jspecify.annotations.NullMarked;
