/**
 * Validates events: CloudEvents in structured JSON mode, against the schemas in {@code infra/events/schemas}. The build puts
 * these on the class path. This is the only part of the command line that loads a JSON Schema validator.
 */
@NullMarked
package sluice.entry.cli.event;

import org.jspecify.annotations.NullMarked;
