/**
 * The command line: checks specs and definitions on a developer's machine and in CI, and prints schemas for editors. It
 * needs no AWS and no Druid. It starts plain Java without Quarkus, because it runs in pre-commit hooks.
 */
package sluice.cli;
