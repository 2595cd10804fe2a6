package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.RunSummary;

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
        List<String> ids = index.all(rollback.datasource()).stream()
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .map(RunSummary::id)
                .toList();
        return runs.findAll(ids).stream()
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .toList();
    }
}
