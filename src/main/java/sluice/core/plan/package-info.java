/**
 * What applying a definition would change, as data and as text. {@code govern.plan} computes it from live clusters; the
 * command line shows it.
 */
package sluice.core.plan;
