/** Datasources on several clusters: the order in which work on a time chunk goes through them, and where they differ. */
@NullMarked
package sluice.upkeep.clusters;

import org.jspecify.annotations.NullMarked;
