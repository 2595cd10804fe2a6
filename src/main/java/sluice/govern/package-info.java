/**
 * Which definition is in force, what applying another one would change, and the way back. It may use {@code core},
 * {@code platform} and {@code ingest}.
 */
package sluice.govern;
