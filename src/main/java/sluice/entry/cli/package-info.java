/**
 * The command line: checks specs and definitions on a developer's machine and in CI, makes definitions of specs, and
 * calls the gate's API. Checking needs no AWS and no Druid. It starts plain Java without Quarkus, because it runs in
 * pre-commit hooks.
 */
@NullMarked
package sluice.entry.cli;

import org.jspecify.annotations.NullMarked;
