/**
 * From a definition, a batch and what is known of earlier runs to the Druid task that loads it. Pure functions: equal
 * input gives equal bytes on every machine, in every locale and time zone. What is known only at submission (task id,
 * presigned addresses) is bound afterwards and is not part of the spec's hash.
 */
@NullMarked
package sluice.core.spec;

import org.jspecify.annotations.NullMarked;
