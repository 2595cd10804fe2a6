/**
 * The ledger: for each version of an input object, the run that loads it and how that went.
 */
package sluice.ingest.ledger;
