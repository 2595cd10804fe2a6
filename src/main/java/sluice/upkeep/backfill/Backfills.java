package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sluice.ingest.intake.LoadRequest;

/** Starts, shows, pauses, resumes, stops and repeats backfills. Ticks take them on, see {@link BackfillSteps}. */
@ApplicationScoped
public class Backfills {

    private static final int TRIES = 5;
    /** Backfills of a datasource that a new one is compared with. */
    private static final int NEWEST = 50;

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final BackfillDraft drafts;
    private final BackfillStore store;
    private final BackfillMoves moves;
    private final BackfillPlanner planner;
    private final Clock clock;

    Backfills(BackfillDraft drafts, BackfillStore store, BackfillMoves moves, BackfillPlanner planner, Clock clock) {
        this.drafts = drafts;
        this.store = store;
        this.moves = moves;
        this.planner = planner;
        this.clock = clock;
    }

    /** The result of a request. */
    public record Started(Backfill backfill, boolean isNew) {}

    /**
     * Returns what a backfill would do. It changes nothing.
     *
     * @throws BackfillException if the backfill is not possible
     */
    public BackfillPlan plan(BackfillWish wish) {
        return planner.plan(drafts.draft(wish));
    }

    /**
     * Stores a backfill, which the next tick begins. A repeated call with the same idempotency key returns the same backfill.
     *
     * @param key the caller's idempotency key; null if there is none
     * @param intent hash of the request's content, to recognise a key that is reused for another request
     * @throws BackfillException if the backfill is not possible, or another one of the datasource has not ended that overlaps it
     */
    public Started start(BackfillWish wish, @Nullable String key, String intent) {
        String scoped = key == null ? null : LoadRequest.scoped(wish.datasource(), wish.author(), key);
        Optional<Started> known = known(scoped, intent);
        if (known.isPresent()) {
            return known.get();
        }
        BackfillDraft.Drafted drafted = drafts.draft(wish);
        overlapping(drafted.request()).ifPresent(other -> {
            throw conflict("backfill " + other.id() + " of an overlapping interval is "
                    + other.state().label() + ": wait for its end, or stop it");
        });
        Instant now = clock.instant();
        Backfill backfill = Backfill.planned(
                ID.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8),
                drafted.request(),
                drafted.chunks(),
                now);
        Optional<Backfill> stored =
                moves.move(backfill, wish.author(), wish.reason(), store.registered(backfill, scoped, intent));
        return stored.map(each -> new Started(each, true))
                .or(() -> known(scoped, intent))
                .orElseThrow(() -> conflict("another call changed the same items; repeat the call"));
    }

    private Optional<Started> known(@Nullable String scoped, String intent) {
        Optional<BackfillStore.Requested> requested = scoped == null ? Optional.empty() : store.requested(scoped);
        if (requested.isPresent() && !requested.get().intent().equals(intent)) {
            throw new BackfillException(
                    BackfillException.Code.IMPOSSIBLE, "the idempotency key belongs to another request: use a new key");
        }
        return requested.flatMap(each -> store.find(each.id())).map(each -> new Started(each, false));
    }

    private Optional<Backfill> overlapping(BackfillRequest request) {
        return store.list(request.datasource(), NEWEST).stream()
                .filter(other -> !other.state().isEnd())
                .filter(other -> other.request()
                                .interval()
                                .start()
                                .isBefore(request.interval().end())
                        && other.request()
                                .interval()
                                .end()
                                .isAfter(request.interval().start()))
                .findFirst();
    }

    public Optional<Backfill> find(String id) {
        return store.find(id);
    }

    /** Returns the backfills of a datasource, the newest first. */
    public List<Backfill> list(String datasource, int most) {
        return store.list(datasource, most);
    }

    /** Returns changes of state, the newest first. */
    public List<BackfillMove> history(String id, int most) {
        return store.moves(id, most);
    }

    /** Returns windows by their numbers, after one; 0 for the first page. */
    public List<BackfillWindow> windows(String id, int after, int most) {
        return store.windowsAfter(id, after, most);
    }

    /** Returns the windows that are under way. */
    public List<BackfillWindow> active(Backfill backfill) {
        return store.windows(backfill.id(), backfill.position().active());
    }

    /** Returns windows whose last try failed, by their numbers. */
    public List<BackfillWindow> failed(Backfill backfill, int most) {
        return store.windows(
                backfill.id(), store.failedIn(backfill.id(), backfill.position().pass(), most));
    }

    /**
     * Begins nothing new until it is resumed.
     *
     * @throws BackfillException if there is no such backfill, or it has ended
     */
    public Backfill pause(String id, String author, @Nullable String reason) {
        return moved(id, author, reason, backfill -> switch (backfill.state()) {
            case PLANNED, RUNNING -> backfill.moved(BackfillState.PAUSED, clock.instant());
            case PAUSED -> backfill;
            case STOPPING, DONE, DONE_WITH_FAILURES, STOPPED -> throw wrong(backfill, "paused");
        });
    }

    /** Goes on. @throws BackfillException if there is no such backfill, or it is not paused */
    public Backfill resume(String id, String author, @Nullable String reason) {
        return moved(id, author, reason, backfill -> switch (backfill.state()) {
            case PAUSED -> backfill.moved(BackfillState.RUNNING, clock.instant());
            case PLANNED, RUNNING -> backfill;
            case STOPPING, DONE, DONE_WITH_FAILURES, STOPPED -> throw wrong(backfill, "resumed");
        });
    }

    /**
     * Ends it early. Runs whose tasks are in Druid go on to their end, and others are cancelled.
     *
     * @throws BackfillException if there is no such backfill, or it has ended by itself
     */
    public Backfill stop(String id, String author, @Nullable String reason) {
        return moved(id, author, reason, backfill -> switch (backfill.state()) {
            case PLANNED, RUNNING, PAUSED -> backfill.moved(BackfillState.STOPPING, clock.instant());
            case STOPPING, STOPPED -> backfill;
            case DONE, DONE_WITH_FAILURES -> throw wrong(backfill, "stopped");
        });
    }

    /**
     * Loads the windows again whose last try failed.
     *
     * @throws BackfillException if there is no such backfill, or it is not at its end with failures
     */
    public Backfill retryFailed(String id, String author, @Nullable String reason) {
        return moved(id, author, reason, backfill -> switch (backfill.state()) {
            case DONE_WITH_FAILURES ->
                backfill.at(backfill.position().nextPass(), backfill.progress())
                        .moved(BackfillState.RUNNING, clock.instant());
            case RUNNING -> {
                if (backfill.position().pass() == 1) {
                    throw wrong(backfill, "repeated before its end");
                }
                yield backfill;
            }
            case PLANNED, PAUSED, STOPPING, DONE, STOPPED ->
                throw wrong(
                        backfill, "repeated: only one that is " + BackfillState.DONE_WITH_FAILURES.label() + " can");
        });
    }

    private Backfill moved(String id, String author, @Nullable String reason, UnaryOperator<Backfill> move) {
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Backfill backfill = store.find(id)
                    .orElseThrow(() ->
                            new BackfillException(BackfillException.Code.UNKNOWN, "there is no backfill '" + id + "'"));
            Backfill moved = move.apply(backfill);
            if (moved.equals(backfill)) {
                return backfill;
            }
            Optional<Backfill> written = moves.move(moved, author, reason, List.of());
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw conflict("ticks keep changing backfill " + id + "; repeat the call");
    }

    private static BackfillException wrong(Backfill backfill, String what) {
        return conflict("backfill " + backfill.id() + " is " + backfill.state().label() + " and cannot be " + what);
    }

    private static BackfillException conflict(String message) {
        return new BackfillException(BackfillException.Code.CONFLICT, message);
    }
}
