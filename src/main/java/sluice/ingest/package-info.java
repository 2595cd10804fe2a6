/**
 * From a file that arrives to rows that are served. It gathers files, plans runs, submits their tasks and follows them
 * until the rows are proven. It may use {@code core} and {@code platform}; what the floors above add comes in through the
 * interfaces {@link sluice.ingest.ActiveDefinitions}, {@link sluice.ingest.intake.ColumnCheck} and
 * {@link sluice.ingest.follow.RunFollowUp}.
 */
package sluice.ingest;
