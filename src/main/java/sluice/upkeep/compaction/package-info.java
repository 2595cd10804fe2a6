/**
 * Compaction that Sluice runs itself, after ingestion: whether it pays, the task, its proof, and how far a time chunk is
 * with it on all clusters. What Druid compacts by itself is only watched here.
 */
package sluice.upkeep.compaction;
