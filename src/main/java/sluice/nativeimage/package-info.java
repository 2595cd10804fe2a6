/**
 * What makes a native function start sooner: work that can be done when the executable is built is done then
 * ({@code Prepared*} and what names what it finds), and what nobody needs is not done ({@code No*}). Most classes replace
 * methods of a library in the executable; on the JVM none of them does anything. Decision 0017 has what each is for, and
 * how it was found.
 */
package sluice.nativeimage;
