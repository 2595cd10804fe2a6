/**
 * From files that arrive to runs that are planned. Objects gather by time chunk until the chunk is quiet; then the
 * chunk's objects are listed and become one batch and one run. What belongs to no run gets a named outcome in the ledger.
 */
package sluice.ingest.intake;
