package sluice.upkeep.restore;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.log.Log;
import sluice.platform.state.DueItemHandler;
import sluice.platform.state.Item;

/** Starts restores and takes them to their end. The caller attempts the first step, and ticks do the rest. */
@ApplicationScoped
@Priority(48)
public class Restores implements DueItemHandler {

    private static final Log LOG = Log.of(Restores.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final RestorePreviews previews;
    private final RestoreStore store;
    private final RestoreStep step;
    private final DruidClusters clusters;
    private final Clock clock;

    Restores(RestorePreviews previews, RestoreStore store, RestoreStep step, DruidClusters clusters, Clock clock) {
        this.previews = previews;
        this.store = store;
        this.step = step;
        this.clusters = clusters;
        this.clock = clock;
    }

    /**
     * Starts a restore of what a preview has shown.
     *
     * @param fingerprint the preview's {@link RestorePlan#fingerprint}
     * @throws RestoreException if something has changed since the preview, or the restore is not possible
     */
    public Restoration start(
            DruidCluster cluster,
            String datasource,
            RestoreSelection selection,
            String fingerprint,
            String author,
            String reason) {
        RestorePlan plan = previews.plan(cluster, datasource, selection);
        if (!plan.fingerprint().equals(fingerprint)) {
            throw new RestoreException(
                    RestoreException.Code.CONFLICT,
                    "the segments have changed since the preview: look at a new one, and send its fingerprint");
        }
        Instant now = clock.instant();
        Restoration restoration = new Restoration(
                datasource,
                ID.format(now) + "-" + UUID.randomUUID().toString().substring(0, 8),
                cluster.name(),
                author,
                reason,
                now,
                plan.chunks(),
                plan.use(),
                plan.unuse(),
                Restoration.Phase.MARKING,
                now,
                0,
                List.of(),
                null,
                0);
        LOG.info(
                "Restore begins",
                "datasource",
                datasource,
                "id",
                restoration.id(),
                "segments",
                plan.use().size());
        Restoration stored = store.save(restoration, now.plus(PAUSE)).orElseThrow();
        next(stored);
        return store.find(datasource, restoration.id()).orElseThrow();
    }

    public Optional<Restoration> find(String datasource, String id) {
        return store.find(datasource, id);
    }

    /** Returns the restores of a datasource, the newest first. */
    public List<Restoration> list(String datasource, int most) {
        return store.list(datasource, most);
    }

    @Override
    public void handle(List<Item> due, Instant deadline) {
        for (Restoration restoration : store.of(due)) {
            if (clock.instant().isBefore(deadline)) {
                next(restoration);
            }
        }
    }

    private void next(Restoration restoration) {
        Restoration next = restoration;
        try {
            Optional<DruidCluster> cluster = clusters.find(restoration.cluster());
            next = cluster.isEmpty() ? step.withoutCluster(restoration) : step.take(restoration, cluster.get());
        } catch (DruidException exception) {
            LOG.warn("Restore goes on later", "datasource", restoration.datasource(), "reason", exception.getMessage());
        }
        boolean isDone = next.phase() == Restoration.Phase.DONE;
        if (isDone) {
            LOG.info(
                    "Restore is done",
                    "datasource",
                    next.datasource(),
                    "id",
                    next.id(),
                    "rows",
                    next.rows(),
                    "problems",
                    next.problems());
        }
        store.save(next, isDone ? null : clock.instant().plus(PAUSE));
    }
}
