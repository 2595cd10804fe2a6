/**
 * Generates the Druid task that loads a batch from a definition and the statistics of earlier runs. Pure functions:
 * equal input gives equal bytes on every machine, in every locale and time zone. Submission binds what is only known
 * then (task id, presigned addresses) outside the spec's hash.
 */
@NullMarked
package sluice.core.spec;

import org.jspecify.annotations.NullMarked;
