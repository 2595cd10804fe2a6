package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
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
     * @param served the last that became Available; empty if there is none, or the state table has forgotten it
     */
    record Recent(List<Run> live, Optional<Run> served) {
        Recent {
            live = List.copyOf(live);
        }

        /** Returns their ids, the newest first. */
        List<String> ids() {
            List<String> ids = new ArrayList<>(live.stream().map(Run::id).toList());
            served.map(Run::id).ifPresent(ids::add);
            return ids;
        }
    }

    Recent of(ChunkState state) {
        List<Run> all = state.recentRuns().stream()
                .flatMap(id -> runs.find(id).stream())
                .toList();
        return new Recent(
                all.stream().filter(run -> !run.hasEnded()).toList(),
                all.stream()
                        .filter(run -> run.state() instanceof RunState.Available)
                        .max(Comparator.comparing(run -> run.state().since())));
    }
}
