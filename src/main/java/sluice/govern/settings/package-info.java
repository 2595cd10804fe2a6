/**
 * Compares what a definition wants of a cluster besides its data (supervisors, load and drop rules, automatic compaction) with
 * what the cluster has. Both are brought to one normal form; the differences become operations, which a plan shows and an
 * apply carries out. Settings that somebody else created under another name are never touched.
 */
@NullMarked
package sluice.govern.settings;

import org.jspecify.annotations.NullMarked;
