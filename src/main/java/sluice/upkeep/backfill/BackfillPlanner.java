package sluice.upkeep.backfill;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.core.definition.Definition;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.intake.ChunkFiles;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidClusters;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.Outage;
import sluice.upkeep.chunks.SegmentTallies;
import sluice.upkeep.chunks.SegmentTally;
import sluice.upkeep.chunks.TooManySegmentsException;

/** Finds out what a backfill would do. It changes nothing. */
@ApplicationScoped
class BackfillPlanner {

    /** Chunks whose files are listed: one call to S3 each. */
    static final int LOOKED = 100;

    private final DruidClusters clusters;
    private final HoldStore holds;
    private final LeaseStore leases;
    private final ChunkFiles files;
    private final RunIndex index;
    private final RunStore runs;

    BackfillPlanner(
            DruidClusters clusters,
            HoldStore holds,
            LeaseStore leases,
            ChunkFiles files,
            RunIndex index,
            RunStore runs) {
        this.clusters = clusters;
        this.holds = holds;
        this.leases = leases;
        this.files = files;
        this.index = index;
        this.runs = runs;
    }

    BackfillPlan plan(BackfillDraft.Drafted drafted) {
        BackfillRequest request = drafted.request();
        ChunkWalk walk = ChunkWalk.of(request);
        List<TimeChunk> chunks = walk.ahead(walk.begin(), drafted.chunks());
        List<String> problems = new ArrayList<>();
        Contents contents = contents(request, chunks, problems);
        Set<TimeChunk> skipped = request.onlyMissing() ? contents.present() : Set.of();
        List<TimeChunk> load =
                chunks.stream().filter(chunk -> !skipped.contains(chunk)).toList();
        boolean isReplace = drafted.definition().requireBatch().mode() == Mode.REPLACE;
        int runsOfEach = windows(walk, chunks, skipped, request.chunksPerRun());
        int slots = Math.min(contents.slots(), runsOfEach);
        return new BackfillPlan(
                request,
                chunks.size(),
                load.size(),
                runsOfEach,
                slots,
                isReplace,
                isReplace ? contents.rows(load) : 0,
                files(drafted.definition(), load),
                blocked(request, load),
                estimate(request.datasource(), runsOfEach, slots),
                problems);
    }

    /** What Druid has of the chunks. */
    private record Contents(List<Map<Instant, SegmentTally>> byCluster, Set<TimeChunk> present, int slots) {

        long rows(List<TimeChunk> some) {
            return byCluster.stream()
                    .mapToLong(tallies -> some.stream()
                            .mapToLong(chunk -> Objects.requireNonNull(tallies.get(chunk.start()))
                                    .rows())
                            .sum())
                    .sum();
        }
    }

    private Contents contents(BackfillRequest request, List<TimeChunk> chunks, List<String> problems) {
        List<TimeChunk> sorted = chunks.stream().sorted().toList();
        List<Map<Instant, SegmentTally>> all = new ArrayList<>();
        Set<TimeChunk> present = new HashSet<>(chunks);
        int slots = request.parallel();
        for (String name : request.clusters()) {
            DruidCluster cluster = clusters.find(name).orElseThrow();
            try {
                Optional<String> outage = cluster.outage().map(Outage::message);
                if (outage.isPresent()) {
                    problems.add("cluster " + name + " is " + outage.get());
                    continue;
                }
                slots = Math.min(slots, BackfillRoom.share(cluster.workerCapacity()));
                Map<Instant, SegmentTally> tallies = SegmentTallies.of(cluster, request.datasource(), sorted);
                all.add(tallies);
                present.removeIf(chunk ->
                        Objects.requireNonNull(tallies.get(chunk.start())).segments() == 0);
            } catch (DruidException | TooManySegmentsException exception) {
                problems.add("cluster " + name + ": " + exception.getMessage());
            }
        }
        return new Contents(all, all.size() < request.clusters().size() ? Set.of() : present, slots);
    }

    private static int windows(ChunkWalk walk, List<TimeChunk> chunks, Set<TimeChunk> skipped, int most) {
        int windows = 0;
        Instant place = walk.begin();
        for (int taken = 0; taken < chunks.size(); ) {
            ChunkWalk.Step step = walk.step(place, chunks.subList(taken, chunks.size()), most, skipped::contains);
            taken += step.skipped() + step.chunks();
            place = step.place();
            windows += step.window() == null ? 0 : 1;
        }
        return windows;
    }

    private BackfillPlan.Files files(Definition definition, List<TimeChunk> load) {
        List<TimeChunk> looked = load.subList(0, Math.min(LOOKED, load.size()));
        int without = 0;
        int archived = 0;
        long count = 0;
        long bytes = 0;
        for (ChunkFiles.Count of : files.of(definition, looked).values()) {
            without += of.count() == 0 ? 1 : 0;
            archived += of.archived() > 0 ? 1 : 0;
            count += of.count();
            bytes += of.bytes();
        }
        return new BackfillPlan.Files(looked.size(), without, archived, count, bytes);
    }

    private BackfillPlan.Blocked blocked(BackfillRequest request, List<TimeChunk> load) {
        List<Hold> held = holds.find(request.datasource());
        Set<Instant> leased = new HashSet<>();
        for (String cluster : request.clusters()) {
            leases.held(new Feed(cluster, request.datasource())).forEach(chunk -> leased.add(chunk.start()));
        }
        int onHold = 0;
        int written = 0;
        TimeChunk first = null;
        for (TimeChunk chunk : load) {
            boolean isHeld = Hold.on(chunk, held).isPresent();
            boolean isLeased = leased.contains(chunk.start());
            onHold += isHeld ? 1 : 0;
            written += isLeased ? 1 : 0;
            first = first == null && (isHeld || isLeased) ? chunk : first;
        }
        return new BackfillPlan.Blocked(onHold, written, first);
    }

    /** By the newest run that became available. */
    private @Nullable Duration estimate(String datasource, int runsOfEach, int slots) {
        return index.newest(
                        datasource,
                        run -> run.state().equals(RunState.Available.class.getSimpleName())
                                && run.kind().equals(RunKind.BATCH.label()))
                .flatMap(run -> runs.find(run.id()))
                .filter(run -> run.state() instanceof RunState.Available)
                .map(run -> taken(run).multipliedBy((runsOfEach + slots - 1L) / Math.max(1, slots)))
                .orElse(null);
    }

    private static Duration taken(Run run) {
        return Duration.between(run.attemptPlannedAt(), run.state().since());
    }
}
