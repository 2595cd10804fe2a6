/**
 * Advice about sizes: how large the segments of a datasource are, what would fit better, and why, as findings that only
 * inform. {@link sluice.upkeep.sizing.SizingAdvisor} is the way in.
 */
package sluice.upkeep.sizing;
