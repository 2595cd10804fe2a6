/**
 * Stores versions of definitions and says which one is active. Definitions without a version come from files in a bucket or
 * a directory. An invalid definition is kept with its findings, so that its objects get an outcome in the ledger.
 */
@NullMarked
package sluice.govern.registry;

import org.jspecify.annotations.NullMarked;
