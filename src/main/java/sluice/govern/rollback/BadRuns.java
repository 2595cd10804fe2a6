package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunStore;

/** Finds the runs of the versions that a rollback deactivates. */
@ApplicationScoped
class BadRuns {

    private final RunIndex index;
    private final RunStore runs;

    BadRuns(RunIndex index, RunStore runs) {
        this.index = index;
        this.runs = runs;
    }

    /** Returns the runs as stored now, ended ones too. The index may lag, so each run is read again. */
    List<Run> of(Rollback rollback) {
        return index.all(rollback.datasource()).stream()
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .flatMap(run -> runs.find(run.id()).stream())
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .toList();
    }
}
