/**
 * From an object's key to the input of a run: the definition that the object belongs to, its time chunk, and the
 * objects that make up a batch. Also derives the deterministic ids of a run and of its Druid task. Pure functions.
 */
@NullMarked
package sluice.core.batch;

import org.jspecify.annotations.NullMarked;
