package sluice.upkeep.retention;

import java.util.List;

/**
 * What a sweep would do.
 *
 * @param found what there is, by category
 * @param mark ids of used segments to mark unused
 * @param marked how much that is
 * @param kills what is removed for good
 * @param refusals what is left alone, and why
 */
record Decisions(List<Found> found, List<String> mark, Amount marked, List<KillPlan> kills, List<Refusal> refusals) {

    Decisions {
        found = List.copyOf(found);
        mark = List.copyOf(mark);
        kills = List.copyOf(kills);
        refusals = List.copyOf(refusals);
    }
}
