/**
 * What the user writes: one YAML or JSON document per datasource, read strictly and never half understood. Records here
 * check themselves, so that a {@link sluice.core.definition.Definition} in hand is a valid one. Nothing here does I/O, reads
 * the environment or looks at the clock.
 */
@NullMarked
package sluice.core.definition;

import org.jspecify.annotations.NullMarked;
