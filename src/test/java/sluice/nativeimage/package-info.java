/**
 * How long a function takes from the start of its process to its first response, and how much memory, against a function
 * that does nothing, the same functions on the JVM, and Python. Each launch gets a Runtime API of its own and one event;
 * AWS and Druid have nothing in them and answer at once, so that what is measured is the function.
 * {@code infra/bench/startup} builds what is measured and runs this.
 */
package sluice.nativeimage;
