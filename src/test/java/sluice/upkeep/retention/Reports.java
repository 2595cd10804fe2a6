package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import sluice.upkeep.retention.CategoryTotals.Category;
import sluice.upkeep.retention.SweepReport.Kill;
import sluice.upkeep.retention.SweepReport.Mode;
import sluice.upkeep.retention.SweepReport.Phase;

/** Invented reports of sweeps of {@code wiki}. */
final class Reports {

    private static final SegmentTotals SOME = new SegmentTotals(1, 1, 10, 1_000);
    private static final JsonNode LOAD = JsonNodeFactory.instance.objectNode().put("type", "loadForever");

    private Reports() {}

    /** An id like that of a sweep, which sorts by its number. */
    static String id(int number) {
        return "20260201T1200%05dZ-0123abcd".formatted(number);
    }

    static SweepReport report(String cluster, int number, Instant sweptAt, Mode mode, Phase phase, String... killRuns) {
        List<Kill> kills = List.of(killRuns).stream()
                .map(run -> new Kill("2026-01-01/2026-01-02", List.of("v1", "v2"), 1, 1_000, run))
                .toList();
        return new SweepReport(
                id(number),
                cluster,
                "wiki",
                sweptAt,
                mode,
                phase,
                null,
                null,
                null,
                "hash",
                "P7D",
                "P2D",
                SOME,
                new RuleOutcome(List.of(LOAD), SegmentTotals.NONE, List.of(), SegmentTotals.NONE, List.of()),
                null,
                List.of(new CategoryTotals(Category.EXPIRED, SOME, List.of("2026-01-01/2026-01-02"))),
                SOME,
                kills,
                List.of(),
                List.of(),
                null,
                null);
    }
}
