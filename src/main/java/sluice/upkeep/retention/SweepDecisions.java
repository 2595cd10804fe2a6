package sluice.upkeep.retention;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import sluice.upkeep.retention.HiddenVersions.Hidden;

/**
 * What a sweep is going to do.
 *
 * @param found the segments that there are, by category
 * @param mark ids of used segments to mark unused
 * @param marked totals over them
 * @param kills the kill tasks to plan
 * @param refusals what the sweep leaves alone, and why
 * @param leftovers those of the segments to mark that a newer version hides
 * @param hidden since when sweeps have seen versions hidden, for the next sweep
 */
record SweepDecisions(
        List<CategoryTotals> found,
        List<String> mark,
        SegmentTotals marked,
        List<KillPlan> kills,
        List<Refusal> refusals,
        List<Hidden> leftovers,
        Map<String, Instant> hidden) {

    SweepDecisions {
        found = List.copyOf(found);
        mark = List.copyOf(mark);
        kills = List.copyOf(kills);
        refusals = List.copyOf(refusals);
        leftovers = List.copyOf(leftovers);
        hidden = Map.copyOf(hidden);
    }
}
