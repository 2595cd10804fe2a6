/**
 * What the sandbox runs: the servers that {@code infra/} gathers from Maven Central, and the packaged functions.
 * Both are built when they are missing or older than their sources, and not looked at twice otherwise.
 * Nothing of it is on the class path of the sandbox or of the functions.
 */
package sluice.sandbox.component;
