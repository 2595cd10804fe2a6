/**
 * What time does to data: retention, compaction, advice on sizes, and the comparison of clusters. This floor may use all
 * floors below it.
 */
@NullMarked
package sluice.upkeep;

import org.jspecify.annotations.NullMarked;
