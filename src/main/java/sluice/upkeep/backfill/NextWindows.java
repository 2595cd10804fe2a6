package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.upkeep.chunks.ChunkCondition;
import sluice.upkeep.chunks.ChunkMatrix;
import sluice.upkeep.chunks.ChunkPage;
import sluice.upkeep.chunks.ChunkStatus;
import sluice.upkeep.chunks.SegmentTally;
import sluice.upkeep.chunks.TooManySegmentsException;

/** Finds the windows that a backfill begins next. It looks ahead over a limited number of time chunks. */
@ApplicationScoped
class NextWindows {

    /** Time chunks that one look ahead covers, if it asks which of them are missing. */
    static final int LOOK = 500;

    private final BackfillStore store;
    private final ChunkMatrix matrix;
    private final DruidClusters clusters;
    private final Clock clock;

    NextWindows(BackfillStore store, ChunkMatrix matrix, DruidClusters clusters, Clock clock) {
        this.store = store;
        this.matrix = matrix;
        this.clusters = clusters;
        this.clock = clock;
    }

    /**
     * What comes next.
     *
     * @param backfill with the windows under way, not written yet
     * @param windows in their new state
     * @param retried numbers of windows that had failed in the pass before
     * @param obstacle why it is not known what comes next; null if it is
     */
    record Next(Backfill backfill, List<BackfillWindow> windows, List<Integer> retried, @Nullable String obstacle) {

        /** Returns true if the backfill came forward, with or without a window. */
        boolean isStep(Backfill before) {
            return !backfill.position().equals(before.position());
        }
    }

    /** @param most windows, at least 1 */
    Next of(Backfill backfill, Definition definition, int most) {
        return backfill.position().pass() == 1 ? ahead(backfill, definition, most) : failed(backfill, most);
    }

    private Next failed(Backfill backfill, int most) {
        BackfillPosition position = backfill.position();
        List<Integer> numbers = store.failedIn(backfill.id(), position.pass() - 1, most);
        BackfillProgress progress = backfill.progress();
        List<BackfillWindow> windows = new ArrayList<>();
        for (BackfillWindow window : store.windows(backfill.id(), numbers)) {
            windows.add(window.again(position.pass(), clock.instant()));
            position = position.repeated(window.number());
            progress = progress.repeated(window.chunks());
        }
        return new Next(backfill.at(position, progress), windows, numbers, null);
    }

    private Next ahead(Backfill backfill, Definition definition, int most) {
        BackfillRequest request = backfill.request();
        ChunkWalk walk = ChunkWalk.of(request);
        int look = request.onlyMissing() ? LOOK : most * request.chunksPerRun();
        List<TimeChunk> chunks = walk.ahead(backfill.position().place(), look);
        Set<TimeChunk> present = new HashSet<>();
        if (request.onlyMissing() && !chunks.isEmpty()) {
            String obstacle = present(definition, request, chunks, present);
            if (obstacle != null) {
                return new Next(backfill, List.of(), List.of(), obstacle);
            }
        }
        BackfillPosition position = backfill.position();
        BackfillProgress progress = backfill.progress();
        List<BackfillWindow> windows = new ArrayList<>();
        int taken = 0;
        while (taken < chunks.size() && windows.size() < most) {
            ChunkWalk.Step step = walk.step(
                    position.place(), chunks.subList(taken, chunks.size()), request.chunksPerRun(), present::contains);
            taken += step.skipped() + step.chunks();
            progress = step.skipped() == 0 ? progress : progress.skipped(step.skipped(), clock.instant());
            TimeChunk window = step.window();
            if (window == null) {
                position = position.at(step.place());
            } else {
                position = position.begun(step.place());
                progress = progress.begun(step.chunks());
                windows.add(BackfillWindow.begun(position.windows(), window, step.chunks(), clock.instant()));
            }
        }
        return new Next(backfill.at(position, progress), windows, List.of(), null);
    }

    /**
     * Adds the chunks that need no load: all clusters have them, or they load already, or nobody keeps them.
     *
     * @return why a cluster does not say; null if all do
     */
    private @Nullable String present(
            Definition definition, BackfillRequest request, List<TimeChunk> chunks, Set<TimeChunk> present) {
        Instant start =
                chunks.stream().map(TimeChunk::start).min(Instant::compareTo).orElseThrow();
        Instant end =
                chunks.stream().map(TimeChunk::end).max(Instant::compareTo).orElseThrow();
        present.addAll(chunks);
        for (String name : request.clusters()) {
            DruidCluster cluster = clusters.find(name).orElse(null);
            if (cluster == null) {
                return "the environment has no cluster " + name;
            }
            ChunkPage page;
            try {
                page = matrix.page(definition, cluster, new TimeChunk(start, end), start, chunks.size());
            } catch (TooManySegmentsException exception) {
                return exception.getMessage();
            }
            if (page.problem() != null) {
                return "cluster " + name + ": " + page.problem();
            }
            page.chunks().stream()
                    .filter(NextWindows::isMissing)
                    .map(ChunkStatus::chunk)
                    .forEach(present::remove);
        }
        return null;
    }

    private static boolean isMissing(ChunkStatus status) {
        SegmentTally contents = status.contents();
        boolean isOnItsWay = status.condition() == ChunkCondition.LOADING
                || status.condition() == ChunkCondition.GATHERING
                || status.condition() == ChunkCondition.EXPIRED;
        return contents != null && contents.segments() == 0 && !isOnItsWay;
    }
}
