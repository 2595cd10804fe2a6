package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.InputObject;
import sluice.core.batch.S3Location;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.json.CanonicalJson;
import sluice.ingest.intake.LoadRequest;
import sluice.ingest.intake.LoadRequestException;
import sluice.ingest.intake.LoadRequests;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.RunSummary;
import sluice.ingest.run.SegmentSnapshot;

/** Has the active version load what bad runs have loaded, or were about to load. */
@ApplicationScoped
class RunReloads {

    private final RunIndex index;
    private final RunStore runs;
    private final LoadRequests requests;

    RunReloads(RunIndex index, RunStore runs, LoadRequests requests) {
        this.index = index;
        this.runs = runs;
        this.requests = requests;
    }

    /** Has the stopped runs of a unit attempted again. Compactions and kill runs are left to the active version. */
    Rollback stopped(Rollback rollback, RestoreUnit unit) {
        Rollback next = rollback;
        for (Run run : unit.runs()) {
            if (rollback.stopped().contains(run.id()) && run.hasEnded() && !run.mayHaveLoaded() && run.isBatch()) {
                next = reload(next, run, null);
            }
        }
        return next;
    }

    /** Loads the objects of a run by the active version: the same run without a key, a new run with one. */
    Rollback reload(Rollback rollback, Run run, @Nullable String key) {
        List<S3Location> objects = runs.findPlan(run).map(Plan::objects).orElse(List.of()).stream()
                .map(InputObject::location)
                .toList();
        if (objects.isEmpty()) {
            return rollback.problem(
                    "run " + run.id() + " was not loaded again: the table does not know its objects any more");
        }
        LoadRequest request = new LoadRequest(
                        run.datasource(),
                        List.of(run.cluster()),
                        objects,
                        null,
                        key,
                        CanonicalJson.sha256(run.id() + " " + rollback.number()),
                        rollback.author(),
                        Rollbacks.reason(rollback))
                .inPlaceOf(run.id());
        try {
            return rollback.reloaded(
                    requests.place(request).runs().stream().map(Run::id).toList());
        } catch (LoadRequestException exception) {
            return rollback.problem("run " + run.id() + " was not loaded again: " + exception.getMessage());
        }
    }

    /** Returns true if runs of the active version, since the rollback began, have written all of the segments. */
    boolean haveLoaded(Rollback rollback, RestoreUnit unit, Set<String> segments) {
        List<RunSummary> since = index.since(rollback.datasource(), rollback.startedAt());
        return without(segments, good(rollback, unit, since).stream()).isEmpty();
    }

    /** Returns those segments that no good run has loaded from its files in {@code replace} mode: only these hold no rows of others. */
    Set<String> unexplained(Rollback rollback, RestoreUnit unit, Set<String> segments) {
        return without(
                segments,
                good(rollback, unit, index.all(rollback.datasource())).stream()
                        .filter(run -> run.isBatch() && run.mode() == Mode.REPLACE));
    }

    private List<Run> good(Rollback rollback, RestoreUnit unit, List<RunSummary> summaries) {
        List<String> ids = summaries.stream()
                .filter(run -> run.cluster().equals(unit.cluster())
                        && !rollback.badHashes().contains(run.definitionHash()))
                .map(RunSummary::id)
                .toList();
        return runs.findAll(ids).stream()
                .filter(run -> run.chunks().stream().anyMatch(unit::overlaps))
                .toList();
    }

    private Set<String> without(Set<String> segments, Stream<Run> writers) {
        Set<String> rest = new HashSet<>(segments);
        writers.flatMap(run -> snapshot(run).stream())
                .filter(SegmentSnapshot::isOwn)
                .forEach(snapshot -> rest.removeAll(snapshot.created()));
        return rest;
    }

    private Optional<SegmentSnapshot> snapshot(Run run) {
        return run.load().map(load -> runs.segmentMark(run, load)).orElseGet(() -> runs.segmentMark(run));
    }
}
