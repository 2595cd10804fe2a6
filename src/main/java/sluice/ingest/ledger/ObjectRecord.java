package sluice.ingest.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the ledger about one version of an object.
 *
 * @param version the object's ETag
 * @param cluster null if the object concerns none
 * @param datasource null if the object concerns none
 * @param entry its outcome
 * @param updatedAt when the entry was written
 */
public record ObjectRecord(
        String version, @Nullable String cluster, @Nullable String datasource, LedgerEntry entry, Instant updatedAt) {}
