/**
 * Rolls definitions back. The pointer moves at once. Ticks then stop the runs of the bad versions, take back what those runs
 * loaded if that is wanted, and load it by the earlier version. Every step is idempotent, so the next tick finishes a rollback
 * that a crash has interrupted.
 */
@NullMarked
package sluice.govern.rollback;

import org.jspecify.annotations.NullMarked;
