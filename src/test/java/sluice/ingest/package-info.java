/**
 * The main job on the real thing: files land in S3, functions run as Lambda runs them, and Druid's SQL says what became
 * of the rows. Every test has a datasource of its own.
 */
package sluice.ingest;
