/**
 * The ledger: for each version of an input object, which run loads it and how that went.
 */
@NullMarked
package sluice.ingest.ledger;

import org.jspecify.annotations.NullMarked;
