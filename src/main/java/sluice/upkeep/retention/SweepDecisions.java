package sluice.upkeep.retention;

import java.util.List;

/**
 * What a sweep is going to do.
 *
 * @param found the segments that there are, by category
 * @param mark ids of used segments to mark unused
 * @param marked totals over them
 * @param kills the kill tasks to plan
 * @param refusals what the sweep leaves alone, and why
 */
record SweepDecisions(
        List<CategoryTotals> found,
        List<String> mark,
        SegmentTotals marked,
        List<KillPlan> kills,
        List<Refusal> refusals) {

    SweepDecisions {
        found = List.copyOf(found);
        mark = List.copyOf(mark);
        kills = List.copyOf(kills);
        refusals = List.copyOf(refusals);
    }
}
