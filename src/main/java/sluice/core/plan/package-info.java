/**
 * What applying a definition would change, as data and as text. {@code govern.plan} computes it from live clusters; the
 * command line shows it.
 */
@NullMarked
package sluice.core.plan;

import org.jspecify.annotations.NullMarked;
