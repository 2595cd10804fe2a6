/**
 * The state of each time chunk of a datasource: which chunks hold rows, which load, which failed, which are missing. It joins
 * what the state table, Druid and the definition know, in pages.
 */
@NullMarked
package sluice.upkeep.chunks;

import org.jspecify.annotations.NullMarked;
