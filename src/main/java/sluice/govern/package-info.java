/**
 * Knows which definition is active, what another one would change, and how to go back. It may use {@code core},
 * {@code platform} and {@code ingest}.
 */
@NullMarked
package sluice.govern;

import org.jspecify.annotations.NullMarked;
