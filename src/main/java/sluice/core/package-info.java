/**
 * The pure core: definitions, specs, Druid's contract and what a plan says. It decides and computes. It may use the JDK
 * and Jackson, and it knows neither CDI nor AWS, does no I/O and is told the time.
 */
@NullMarked
package sluice.core;

import org.jspecify.annotations.NullMarked;
