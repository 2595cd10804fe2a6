/**
 * The seams to the outside: Druid, the state table, the event bus and S3, in our own words. Only this floor knows an SDK or
 * a REST client. It may use {@code core}.
 */
package sluice.platform;
