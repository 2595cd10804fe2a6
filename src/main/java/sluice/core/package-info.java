/**
 * The pure core: definitions, specs, Druid's contract and plans. It decides and computes, does no I/O, and gets the
 * time as an argument. It may use the JDK and Jackson; it knows neither CDI nor AWS.
 */
@NullMarked
package sluice.core;

import org.jspecify.annotations.NullMarked;
