package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.ingest.tracking.RunTakeBack;

/**
 * What a rollback leaves of units that it goes on without. If no step of it had begun to mark the unit's segments, everything is as it
 * was. Otherwise nobody knows what is served, and the unit's runs say so.
 */
@ApplicationScoped
class UnitsGivenUp {

    private final RunStore runs;
    private final RunTakeBack takeBack;

    UnitsGivenUp(RunStore runs, RunTakeBack takeBack) {
        this.runs = runs;
        this.takeBack = takeBack;
    }

    /** Returns true if a step that was interrupted was about to mark the unit's segments, or has. */
    boolean isBegun(Rollback rollback, RestoreUnit unit) {
        return !begun(rollback, unit).isEmpty();
    }

    /** Names why the rollback goes on without the unit, and what a person has to do. */
    Rollback without(Rollback rollback, RestoreUnit unit, String why) {
        List<Run> begun = begun(rollback, unit);
        if (begun.isEmpty()) {
            return rollback.problem("nothing was restored in " + unit.text() + ": " + why);
        }
        String ids = begun.stream().map(Run::id).collect(Collectors.joining(", "));
        String doubt = "the restore of " + unit.text() + " was interrupted and ends unfinished: " + why
                + "; segments of run " + ids
                + " may be served or not: mark them unused, and order the files again under"
                + " a new idempotency key";
        begun.forEach(run -> takeBack.inDoubt(run, Rollbacks.reason(rollback) + "; " + doubt));
        return rollback.problem(doubt);
    }

    /** Names the segments that may hold rows of the unit's runs although the runs' own segments are marked unused. */
    Rollback copied(Rollback rollback, RestoreUnit unit, String why) {
        List<Run> begun = begun(rollback, unit);
        String doubt = "nothing was loaded again in " + unit.text() + ": " + why
                + ", while it was restored, and may have copied rows of run "
                + begun.stream().map(Run::id).collect(Collectors.joining(", "))
                + "; compare the datasource, and load the interval again in replace mode";
        begun.forEach(run -> takeBack.inDoubt(run, Rollbacks.reason(rollback) + "; " + doubt));
        return rollback.problem(doubt);
    }

    private List<Run> begun(Rollback rollback, RestoreUnit unit) {
        return unit.runs().stream()
                .filter(run -> UnitRestore.hasLoaded(rollback, run) && !UnitRestore.isTakenBack(rollback, run))
                .filter(run -> run.load()
                        .flatMap(load -> runs.segmentMark(run, load))
                        .map(SegmentSnapshot::takingBack)
                        .filter(UnitRestore.takingBack(rollback)::equals)
                        .isPresent())
                .toList();
    }
}
