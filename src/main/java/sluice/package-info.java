/**
 * Automated ingestion for Apache Druid, in floors. The arrows go one way: {@code core} at the bottom, then
 * {@code platform}, {@code ingest}, {@code govern}, {@code upkeep} and {@code entry}; each may use the floors below it.
 * Nobody uses {@code nativeimage}. {@code ArchitectureTest} holds all of this.
 */
package sluice;
