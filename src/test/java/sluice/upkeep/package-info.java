/** Tests of retention, compaction, sizing and the comparison of clusters. */
package sluice.upkeep;
