package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.tracking.Cancellation;
import sluice.platform.log.Log;

/** Requests the runs of the windows that are under way, and counts the windows that have ended. */
@ApplicationScoped
class WindowSettlement {

    private static final Log LOG = Log.of(WindowSettlement.class);

    private final BackfillStore store;
    private final WindowRequests requests;
    private final WindowResults results;
    private final Cancellation cancellation;
    private final Clock clock;

    WindowSettlement(
            BackfillStore store,
            WindowRequests requests,
            WindowResults results,
            Cancellation cancellation,
            Clock clock) {
        this.store = store;
        this.requests = requests;
        this.results = results;
        this.cancellation = cancellation;
        this.clock = clock;
    }

    /**
     * Looks at each window once.
     *
     * @param deadline no window is looked at after it
     * @return the backfill as it is then; empty if somebody else wrote it after it was read
     */
    Optional<Backfill> settle(Backfill backfill, Instant deadline) {
        List<BackfillWindow> ended = new ArrayList<>();
        for (BackfillWindow window :
                store.windows(backfill.id(), backfill.position().active())) {
            if (clock.instant().isBefore(deadline)) {
                BackfillWindow now = looked(backfill, window);
                if (now.state() != BackfillWindow.State.BEGUN) {
                    ended.add(now);
                }
            }
        }
        if (ended.isEmpty()) {
            return Optional.of(backfill);
        }
        BackfillProgress progress = backfill.progress();
        for (BackfillWindow window : ended) {
            progress = progress.settled(window, clock.instant());
        }
        BackfillPosition position = backfill.position()
                .without(ended.stream().map(BackfillWindow::number).toList());
        return store.save(backfill.at(position, progress), clock.instant(), BackfillStore.Parts.of(ended));
    }

    private BackfillWindow looked(Backfill backfill, BackfillWindow window) {
        if (window.state() != BackfillWindow.State.BEGUN) {
            return window;
        }
        if (!window.runs().isEmpty()) {
            return results.look(backfill, window);
        }
        BackfillWindow requested = backfill.state() == BackfillState.STOPPING
                ? requests.stopped(backfill, window)
                : requests.request(backfill, window);
        if (requested.runs().isEmpty()) {
            return requested;
        }
        if (!store.isNoted(backfill.id(), requested)) {
            // The backfill was stopped meanwhile, and whoever settled the window did not see these runs.
            requested.runs().forEach(run -> cancel(backfill, run));
        }
        return results.look(backfill, requested);
    }

    private void cancel(Backfill backfill, String run) {
        try {
            cancellation.cancel(run, "window of backfill " + backfill.id() + " was settled without it");
        } catch (StaleRunException moved) {
            LOG.warn("Run of a settled window goes on", "id", backfill.id(), "runId", run);
        }
    }
}
