package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import sluice.core.batch.DefinitionIndex.Match;
import sluice.core.batch.DefinitionIndex.Role;
import sluice.core.batch.DefinitionSnapshot;
import sluice.core.batch.Feed;
import sluice.core.batch.InvalidDefinition;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Source;
import sluice.core.definition.Trigger;
import sluice.ingest.ActiveDefinitions;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry.Outcome;
import sluice.platform.log.Log;
import sluice.platform.state.TickRequests;

/** Handles S3 notifications and settled time chunks. */
@ApplicationScoped
public class Intake {

    private static final Log LOG = Log.of(Intake.class);
    /** A chunk that is never quiet is planned after this many times its settle time. */
    private static final int LONGEST_WAIT = 10;

    private static final String NO_DEFINITION = "no definition is fed from this bucket and prefix";
    private static final int MOST_NAMES = 3;

    private final ActiveDefinitions definitions;
    private final ChunkStore chunks;
    private final GatheredObjects gathered;
    private final Planner planner;
    private final TickRequests ticks;
    private final Ledger ledger;
    private final Clock clock;

    Intake(
            ActiveDefinitions definitions,
            ChunkStore chunks,
            GatheredObjects gathered,
            Planner planner,
            TickRequests ticks,
            Ledger ledger,
            Clock clock) {
        this.definitions = definitions;
        this.chunks = chunks;
        this.gathered = gathered;
        this.planner = planner;
        this.ticks = ticks;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Hands each object to every definition that matches it, and notes its outcome in the ledger. A definition file gets an
     * outcome only if it also matches a definition.
     *
     * @return true if a definition file was among the objects
     */
    public boolean arrived(S3Notification notification) {
        notification.arrivals().forEach(this::arrived);
        return notification.arrivals().stream().anyMatch(this::isDefinition);
    }

    /** Plans a time chunk that has been quiet long enough. */
    public void settled(SettledEvents.Settled data) {
        planner.plan(new ChunkId(
                new Feed(data.cluster(), data.datasource()), new TimeChunk(data.chunkStart(), data.chunkEnd())));
    }

    private void arrived(Arrival arrival) {
        List<Match> matches = definitions.current().index().match(arrival.bucket(), arrival.key());
        if (matches.isEmpty()) {
            DefinitionSnapshot fresh = definitions.fresh();
            matches = fresh.index().match(arrival.bucket(), arrival.key());
            if (matches.isEmpty()) {
                if (!isDefinition(arrival)) {
                    unmatched(arrival, fresh);
                }
                return;
            }
        }
        for (Match match : matches) {
            for (String cluster : match.definition().clusters()) {
                arrived(arrival, match, new Feed(cluster, match.definition().datasource()));
            }
        }
    }

    private boolean isDefinition(Arrival arrival) {
        return definitions.holds(arrival.bucket(), arrival.key());
    }

    private void unmatched(Arrival arrival, DefinitionSnapshot read) {
        Optional<InvalidDefinition> invalid = read.invalidFor(arrival.key());
        if (invalid.isEmpty() && read.withheld().isPresent()) {
            throw new WithheldDefinitionException(arrival, read.withheld().get());
        }
        Outcome outcome = invalid.isPresent() ? Outcome.DefinitionInvalid : Outcome.Unmatched;
        String reason = invalid.map(InvalidDefinition::summary).orElseGet(() -> NO_DEFINITION + unless(read));
        LOG.warn("Object matches no definition", "object", arrival, "outcome", outcome, "reason", reason);
        ledger.unmatched(arrival.version(), outcome, reason);
    }

    private static String unless(DefinitionSnapshot read) {
        List<String> names = read.unrecognisable();
        return names.isEmpty()
                ? ""
                : ", unless it is one that cannot be read: "
                        + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " more" : "");
    }

    private void arrived(Arrival arrival, Match match, Feed feed) {
        Optional<TimeChunk> chunk = match.layout().chunkOf(arrival.key());
        if (chunk.isEmpty()) {
            Source source = match.definition().requireBatch().source();
            note(
                    arrival,
                    feed,
                    Outcome.NoTimeChunk,
                    "the key has no time of the form " + source.timeChunk() + " after the prefix " + source.prefix());
            return;
        }
        Trigger trigger = match.definition().requireBatch().trigger();
        if (match.role() == Role.INPUT && arrival.size() == 0) {
            note(arrival, feed, Outcome.Empty, "the object has no bytes");
            return;
        }
        if (match.role() == Role.INPUT && trigger instanceof Trigger.OnMarker marker) {
            note(arrival, feed, Outcome.Gathering, "waits for marker " + marker.name());
            return;
        }
        Duration settle = trigger instanceof Trigger.OnObject onObject ? onObject.settle() : Duration.ZERO;
        ChunkId id = new ChunkId(feed, chunk.get());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ChunkState state = chunks.touch(id, arrival.at(), settle);
        switch (match.role()) {
            case INPUT -> gathered.note(id, state, arrival);
            case MARKER -> ledger.note(arrival.version(), feed, Outcome.Marker, arrival.at(), null);
        }
        if (settle.isZero()) {
            planner.plan(id);
        } else if (isOverdue(state, settle)) {
            // A plan lists all objects, so it is for one arrival, and the others only count.
            if (chunks.isTurn(id, state)) {
                planner.planSoFar(id);
            }
        } else if (isFirst(state, now)) {
            ticks.at(now.plus(settle), feed.toString());
        }
    }

    /** Whether nothing had been waiting for the chunk. */
    private static boolean isFirst(ChunkState state, Instant arrived) {
        Instant since = state.waitingSince();
        return since != null && !since.isBefore(arrived);
    }

    private boolean isOverdue(ChunkState state, Duration settle) {
        Instant since = state.waitingSince();
        return since != null && clock.instant().isAfter(since.plus(settle.multipliedBy(LONGEST_WAIT)));
    }

    private void note(Arrival arrival, Feed feed, Outcome outcome, String reason) {
        LOG.info(
                "Object is not planned",
                "object",
                arrival,
                "outcome",
                outcome,
                "cluster",
                feed.cluster(),
                "datasource",
                feed.datasource(),
                "reason",
                reason);
        ledger.note(arrival.version(), feed, outcome, arrival.at(), reason);
    }
}
