package sluice.ingest.ledger;

import java.time.Instant;

/**
 * What the ledger says of one version of an object.
 *
 * @param version the object's ETag
 * @param cluster null where the object concerns none
 * @param datasource null where the object concerns none
 * @param entry what became of it
 * @param updatedAt when that was noted
 */
public record ObjectRecord(String version, String cluster, String datasource, LedgerEntry entry, Instant updatedAt) {}
