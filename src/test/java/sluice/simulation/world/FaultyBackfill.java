package sluice.simulation.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sluice.core.batch.TimeChunk;
import sluice.ingest.DefinitionText;
import sluice.ingest.run.RunIndex;
import sluice.ingest.run.RunSummary;
import sluice.simulation.druid.InputRows;
import sluice.upkeep.backfill.Backfill;
import sluice.upkeep.backfill.BackfillState;
import sluice.upkeep.backfill.BackfillWish;
import sluice.upkeep.backfill.Backfills;

/** A backfill of two windows in which one call goes wrong. */
final class FaultyBackfill {

    private static final TimeChunk THREE_DAYS = new TimeChunk(
            World.day("2026-01-01").start(), World.day("2026-01-03").end());

    private FaultyBackfill() {}

    /** Returns what is wrong at the end; empty if nothing is. */
    static String run(OneFault fault) {
        World world = new World();
        world.druid().slots(4);
        world.define(
                "wiki",
                new DefinitionText("wiki")
                        .batch("inputFormat", "{type: json}")
                        .batch("partitions", "{type: dynamic}")
                        .toString());
        for (int day = 1; day <= 3; day++) {
            Instant start = World.day("2026-01-0" + day).start();
            world.write("wiki/dt=2026-01-0%d/a.json".formatted(day), InputRows.at(start, day));
        }
        String id = world.bean("gate", Backfills.class)
                .start(new BackfillWish("wiki", THREE_DAYS, null, 2, 2, null, false, "alice", null), null, "")
                .backfill()
                .id();
        world.seams().faults(fault);
        world.settle(25);
        world.seams().faults(Faults.NONE);
        world.settle(25);
        Backfill backfill = world.bean("gate", Backfills.class).find(id).orElseThrow();
        List<RunSummary> runs = world.bean("gate", RunIndex.class).all("wiki");
        List<String> wrong = new ArrayList<>();
        if (backfill.state() != BackfillState.DONE || backfill.progress().done() != 3) {
            wrong.add("it is " + backfill.state() + ", " + backfill.progress());
        }
        if (runs.size() != 2 || runs.stream().anyMatch(run -> !run.state().equals("Available"))) {
            wrong.add("its runs are " + runs);
        }
        if (!List.copyOf(world.druid().servedRows("wiki").values()).equals(List.of(1L, 2L, 3L))) {
            wrong.add("served are " + world.druid().servedRows("wiki"));
        }
        if (backfill.progress().rows() != 6) {
            wrong.add("it counts " + backfill.progress().rows() + " rows");
        }
        return String.join("; ", wrong);
    }
}
