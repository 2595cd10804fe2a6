/**
 * From an object's key to what a run is to load: which definition it belongs to, which time chunk it tells, which
 * objects make a whole batch. Also the deterministic names of a run and of its Druid task. Pure functions.
 */
@NullMarked
package sluice.core.batch;

import org.jspecify.annotations.NullMarked;
