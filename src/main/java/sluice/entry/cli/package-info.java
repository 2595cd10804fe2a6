/**
 * The command line: checks specs and definitions on a developer's machine and in CI, converts specs to definitions, and
 * calls the gate's API. Checks need neither AWS nor Druid. It is plain Java without Quarkus, because it runs in
 * pre-commit hooks.
 */
@NullMarked
package sluice.entry.cli;

import org.jspecify.annotations.NullMarked;
