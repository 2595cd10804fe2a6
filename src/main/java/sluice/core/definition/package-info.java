/**
 * The definition: one YAML or JSON document per datasource, which the user writes. The records check themselves, so a
 * {@link sluice.core.definition.Definition} is always valid. Nothing here does I/O, reads the environment or the clock.
 */
@NullMarked
package sluice.core.definition;

import org.jspecify.annotations.NullMarked;
