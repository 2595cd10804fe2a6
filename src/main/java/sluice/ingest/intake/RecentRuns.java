package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;

/** The runs of a time chunk that still matter to its next replace: those that live, and the one whose rows are served. */
@ApplicationScoped
class RecentRuns {

    private final RunStore runs;

    RecentRuns(RunStore runs) {
        this.runs = runs;
    }

    /**
     * The runs as they are now.
     *
     * @param live the newest first
     * @param served the last that became Available, in whichever attempt; empty if there is none, or the state table has forgotten it
     * @param isCertain whether no other run may have loaded the chunk since
     */
    record Recent(List<Run> live, Optional<Run> served, boolean isCertain) {
        Recent {
            live = List.copyOf(live);
        }

        /** Returns true if the chunk serves what this run has loaded, and nothing is about to replace it. */
        boolean isServed(Run run) {
            return isCertain
                    && live.isEmpty()
                    && served.filter(last -> last.id().equals(run.id())).isPresent();
        }

        /** Returns their ids, the newest first. */
        List<String> ids() {
            List<String> ids = new ArrayList<>(live.stream().map(Run::id).toList());
            served.map(Run::id).filter(id -> !ids.contains(id)).ifPresent(ids::add);
            return ids;
        }
    }

    Recent of(ChunkState state) {
        List<Run> all = state.recentRuns().stream()
                .flatMap(id -> runs.find(id).stream())
                .toList();
        // An attempt that fails leaves in place what an earlier one of the same run has loaded.
        Optional<Run> served = all.stream()
                .filter(run -> run.load().filter(RecentRuns::isAvailable).isPresent())
                .max(Comparator.comparing(RecentRuns::loadedAt));
        boolean isCertain = all.stream()
                .filter(run -> run.load().filter(load -> !isAvailable(load)).isPresent())
                .noneMatch(run -> served.isEmpty() || !loadedAt(run).isBefore(loadedAt(served.get())));
        return new Recent(all.stream().filter(run -> !run.hasEnded()).toList(), served, isCertain);
    }

    private static boolean isAvailable(Run.Load load) {
        return load.end() instanceof RunState.Available;
    }

    private static Instant loadedAt(Run run) {
        return run.load().map(load -> load.end().since()).orElse(Instant.MIN);
    }
}
