/**
 * The seams to the outside: Druid, the state table, the event bus and S3, in Sluice's own vocabulary. Only this floor uses an
 * SDK or a REST client. It may use {@code core}.
 */
package sluice.platform;
