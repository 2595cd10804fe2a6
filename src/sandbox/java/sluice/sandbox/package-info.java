/**
 * A whole Sluice on one machine: real Druid, an S3 server, the table's protocol, and the packaged functions behind queues,
 * bus and schedules. Integration tests and {@code ./mvnw -Psandbox} use the same one.
 * It listens on loopback only, finds its own ports, and none of its processes outlives it.
 */
package sluice.sandbox;
