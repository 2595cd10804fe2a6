package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.core.batch.InputObject;
import sluice.core.batch.ObjectLayout;
import sluice.core.batch.S3Location;
import sluice.core.contract.Finding;
import sluice.ingest.intake.RecentRuns.Recent;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

/**
 * Keeps files that arrive from replacing a time chunk by less than it was made of. A bucket's lifecycle rules may have expired or
 * archived what is served. The listing of the chunk is then not the whole truth any more, and replacing the chunk would remove rows
 * that nobody can load again.
 */
@ApplicationScoped
class ReplaceGuard {

    private static final String POINTER = "/batch/source";

    private final RunStore runs;
    private final RecentRuns recentRuns;

    ReplaceGuard(RunStore runs, RecentRuns recentRuns) {
        this.runs = runs;
        this.recentRuns = recentRuns;
    }

    /** Returns the runs that matter to the next replace of the chunk. */
    Recent recent(ChunkState state) {
        return recentRuns.of(state);
    }

    /** Returns errors if the chunk must not be replaced by what is listed. */
    List<Finding> check(ChunkId id, ObjectLayout layout, ChunkListing listing, Optional<Run> served) {
        List<Finding> findings = new ArrayList<>();
        served.ifPresent(run -> {
            List<InputObject> missing = missing(id, layout, listing, run);
            if (!missing.isEmpty()) {
                findings.add(Finding.error(
                        "SLU-0930",
                        POINTER,
                        "time chunk " + id.chunk().interval() + " has lost " + count(missing) + " that run " + run.id()
                                + " has loaded, and replacing it would remove their rows: put them back, or "
                                + request(id) + " to do without them",
                        "all objects whose rows are served",
                        null));
            }
        });
        if (!listing.archived().isEmpty()) {
            findings.add(Finding.error(
                    "SLU-0931",
                    POINTER,
                    "time chunk " + id.chunk().interval() + " has " + count(listing.archived())
                            + " in an archive class, which Druid cannot read: restore them, then " + request(id),
                    "objects that can be read",
                    null));
        }
        return findings;
    }

    private List<InputObject> missing(ChunkId id, ObjectLayout layout, ChunkListing listing, Run served) {
        Set<S3Location> there =
                listing.objects().stream().map(InputObject::location).collect(Collectors.toSet());
        return runs.findPlan(served).map(Plan::objects).stream()
                .flatMap(List::stream)
                .filter(object -> !there.contains(object.location()))
                .filter(object -> layout.chunkOf(object.key()).equals(Optional.of(id.chunk())))
                .toList();
    }

    private static String count(List<InputObject> objects) {
        return objects.size() == 1
                ? "the object " + objects.get(0).location()
                : objects.size() + " objects (the first is " + objects.get(0).location() + ")";
    }

    private static String request(ChunkId id) {
        return "POST /v1/runs {\"datasource\": \"" + id.datasource() + "\", \"interval\": \""
                + id.chunk().interval() + "\"}";
    }
}
