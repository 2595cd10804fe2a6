/**
 * Columns change behind a definition's back: in new files, and in the live datasource. What has changed is found by
 * comparing what the definition says, what earlier files had and what a sample of the new ones has; what happens then,
 * the definition says ({@code drift: warn, fail, evolve} or {@code rollback}).
 */
package sluice.govern.drift;
