/**
 * Backfills: an interval of any length is loaded by one run after the other. A backfill is an item of constant size with a
 * cursor, and one item for each window, which is the part of the interval that one run loads.
 */
@NullMarked
package sluice.upkeep.backfill;

import org.jspecify.annotations.NullMarked;
