/**
 * The entry points of Lambda: each turns its trigger into one call on the domain. Which of them a function is, the
 * environment variable {@code QUARKUS_FUNQY_EXPORT} says.
 */
package sluice.entry.function;
