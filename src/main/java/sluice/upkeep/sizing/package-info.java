/**
 * Advice on sizes: how large a datasource's segments are, what would fit better, and why. It comes as findings that only
 * inform. {@link sluice.upkeep.sizing.SizingAdvisor} is the entry point.
 */
@NullMarked
package sluice.upkeep.sizing;

import org.jspecify.annotations.NullMarked;
