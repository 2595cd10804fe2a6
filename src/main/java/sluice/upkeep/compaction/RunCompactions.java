package sluice.upkeep.compaction;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.intake.ChunkRecord;
import sluice.ingest.intake.ChunkRecords;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;

/** Tells which compactions follow a run that has loaded files. A later run that replaces the rows ends that. */
@ApplicationScoped
public class RunCompactions {

    private final ChunkCompactions compactions;
    private final ChunkRecords records;
    private final RunStore runs;

    RunCompactions(ChunkCompactions compactions, ChunkRecords records, RunStore runs) {
        this.compactions = compactions;
        this.records = records;
        this.runs = runs;
    }

    /**
     * Returns the compactions of the run's time chunks, the earliest first. They name a compact run only if it was planned after
     * the rows had become available. Chunks that are not compacted after ingestion are missing.
     */
    public List<ChunkCompaction> after(Run run) {
        if (!run.isBatch() || !(run.state() instanceof RunState.Available)) {
            return List.of();
        }
        Instant available = run.state().since();
        List<ChunkCompaction> found = compactions.findAll(run.datasource(), run.chunks()).stream()
                .filter(each -> each.isLive() || !each.since().isBefore(available))
                .toList();
        if (found.isEmpty()) {
            return found;
        }
        Set<Instant> replaced = run.mode() == Mode.REPLACE ? replaced(run) : Set.of();
        Set<String> later = runs
                .findAll(found.stream()
                        .map(ChunkCompaction::runId)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList())
                .stream()
                .filter(each -> !each.createdAt().isBefore(available))
                .map(Run::id)
                .collect(Collectors.toSet());
        return found.stream()
                .filter(each -> !replaced.contains(each.chunk().start()))
                .map(each -> each.runId() == null || later.contains(each.runId()) ? each : each.withoutRun())
                .toList();
    }

    /** Returns the starts of the chunks for which a later run was planned. */
    private Set<Instant> replaced(Run run) {
        return records.of(run.feed(), run.chunks()).stream()
                .filter(each -> each.newestRun() != null && !run.id().equals(each.newestRun()))
                .map(ChunkRecord::start)
                .collect(Collectors.toSet());
    }
}
