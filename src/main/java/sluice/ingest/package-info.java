/**
 * Turns files that arrive into rows that are served. It gathers files, plans runs, submits their tasks and follows them until
 * the rows are proven. It may use {@code core} and {@code platform}. The floors above add to it through the interfaces {@link sluice.ingest.ActiveDefinitions}, {@link sluice.ingest.intake.ColumnCheck} and
 * {@link sluice.ingest.follow.RunFollowUp}.
 */
@NullMarked
package sluice.ingest;

import org.jspecify.annotations.NullMarked;
