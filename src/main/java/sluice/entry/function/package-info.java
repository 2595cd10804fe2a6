/**
 * Lambda's entry points. Each turns its trigger into one call on the domain. The environment variable
 * {@code QUARKUS_FUNQY_EXPORT} selects the one that a function runs.
 */
@NullMarked
package sluice.entry.function;

import org.jspecify.annotations.NullMarked;
