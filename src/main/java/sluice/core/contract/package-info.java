/**
 * Druid's ingestion contract: would Druid take this spec, and would it do what its author means? JSON Schemas answer
 * for shape, rules across fields for meaning. Every answer is a {@link sluice.core.contract.Finding}; nothing here does I/O.
 */
@NullMarked
package sluice.core.contract;

import org.jspecify.annotations.NullMarked;
