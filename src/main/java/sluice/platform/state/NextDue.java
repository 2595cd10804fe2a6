package sluice.platform.state;

import java.time.Instant;
import java.util.Optional;

/**
 * What a look ahead into the due index has found.
 *
 * @param isEmpty nothing at all is or becomes due by the time that was asked for, wanted or not
 * @param wanted the earliest time among the wanted items of the page that ended the search: there may be earlier ones; empty if
 *     nothing wanted becomes due by then
 */
public record NextDue(boolean isEmpty, Optional<Instant> wanted) {}
