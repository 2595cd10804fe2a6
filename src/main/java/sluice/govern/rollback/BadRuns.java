package sluice.govern.rollback;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunStore;

/** Finds the runs that versions made which a rollback takes out of force. */
@ApplicationScoped
class BadRuns {

    private final RunIndex index;
    private final RunStore runs;

    BadRuns(RunIndex index, RunStore runs) {
        this.index = index;
        this.runs = runs;
    }

    /** Returns them as they are stored now, ended ones too: the index may be a moment behind. */
    List<Run> of(Rollback rollback) {
        return index.all(rollback.datasource()).stream()
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .flatMap(run -> runs.find(run.id()).stream())
                .filter(run -> rollback.badHashes().contains(run.definitionHash()))
                .toList();
    }
}
