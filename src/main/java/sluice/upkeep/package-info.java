/**
 * What time does to data: retention, compaction, sizes, and clusters that should hold the same. It may use all floors below
 * it.
 */
package sluice.upkeep;
