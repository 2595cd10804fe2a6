/**
 * Sends the task of a run to Druid, once. A task that Druid has already is adopted if it is the same.
 */
package sluice.ingest.submission;
