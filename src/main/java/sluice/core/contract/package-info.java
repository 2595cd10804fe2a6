/**
 * Druid's ingestion contract: would Druid accept this spec, and would it do what its author means? JSON Schemas check
 * the shape, rules across fields check the meaning. Every result is a {@link sluice.core.contract.Finding}; nothing
 * does I/O.
 */
@NullMarked
package sluice.core.contract;

import org.jspecify.annotations.NullMarked;
