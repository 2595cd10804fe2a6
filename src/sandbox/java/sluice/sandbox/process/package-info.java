/**
 * Starts processes that never outlive the one that started them, however that one ends.
 * Each process writes to a log file of its own, which can be read and searched while it runs.
 * Ports come from blocks that a sandbox claims, so that several sandboxes run beside each other.
 */
package sluice.sandbox.process;
