/**
 * What follows the end of a run. Each follow-up implements {@link sluice.ingest.follow.RunFollowUp}; the one of this package tags
 * loaded objects.
 */
@NullMarked
package sluice.ingest.follow;

import org.jspecify.annotations.NullMarked;
