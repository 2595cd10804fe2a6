/**
 * Restores: unused segments are marked used again, and newer ones unused if they would hide them. A restore is previewed, then
 * carried out under leases, and it is done when a query counts its rows.
 */
@NullMarked
package sluice.upkeep.restore;

import org.jspecify.annotations.NullMarked;
