/**
 * A run: one intended load of one batch into one cluster, from the plan to segments that are proven queryable. Its
 * states allow legal moves only, every write is conditional on what was read, and the event about a change is stored
 * with the change itself, so that neither a crash nor a repeated message loses or doubles anything.
 */
package sluice.ingest.run;
