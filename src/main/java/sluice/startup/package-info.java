/** What makes a native function start sooner: work that can be done when the executable is built is done then. */
package sluice.startup;
