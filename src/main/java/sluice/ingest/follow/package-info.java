/**
 * What comes after the end of a run: the rollback of a version that fails its first run, compaction of its time chunks, and
 * tags on the objects that it has loaded.
 */
package sluice.ingest.follow;
