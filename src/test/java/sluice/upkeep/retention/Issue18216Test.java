package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.unused;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Span;
import sluice.upkeep.retention.Refusal.Code;

/**
 * Tasks with concurrent append locks may build on the ids of segments that were marked unused lately; purged too soon,
 * data is lost (apache/druid #18216, #15813).
 */
class Issue18216Test {

    private final Snapshots snapshots =
            new Snapshots().days(10).unused(unused(day(3), "2025-01-01T00:00:00.000Z", Duration.ofDays(2)));

    @Test
    void aShortBufferIsRefusedWhereLocksAreConcurrent() {
        // When
        SweepDecisions decisions = snapshots.decide(policy("PT1H", true), Snapshots.HALF);

        // Then
        assertThat(decisions.kills()).isEmpty();
        assertThat(decisions.refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.code()).isEqualTo(Code.BUFFER_TOO_SHORT);
            assertThat(refusal.message()).contains("PT1H");
        });
    }

    @Test
    void aLongBufferAndOneWithoutConcurrentLocksAreNot() {
        assertThat(snapshots.decide(policy("P1D", true), Snapshots.HALF).kills())
                .hasSize(1);
        assertThat(snapshots.decide(policy("PT1H", false), Snapshots.HALF).kills())
                .hasSize(1);
    }

    private static RetentionPolicy policy(String purgeAfter, boolean concurrent) {
        return new RetentionPolicy(null, new Span(purgeAfter), concurrent, false, List.of(), "");
    }
}
