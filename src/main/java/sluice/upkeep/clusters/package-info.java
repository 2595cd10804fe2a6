/**
 * A datasource on several clusters: in which order work on a time chunk goes through them, and where they differ.
 */
package sluice.upkeep.clusters;
