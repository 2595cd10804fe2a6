package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompactionInvariantTest {

    @Test
    void withoutRollupEveryRowStays() {
        CompactionInvariant before = new CompactionInvariant(100, false, Map.of());

        assertThat(before.difference(new CompactionInvariant(100, false, Map.of())))
                .isEmpty();
        assertThat(before.difference(new CompactionInvariant(99, false, Map.of())))
                .contains("there were 100 rows and there are 99");
    }

    @Test
    void fewerRowsWithoutASumProveNothing() {
        CompactionInvariant before = new CompactionInvariant(100, true, Map.of());

        assertThat(before.difference(new CompactionInvariant(100, true, Map.of())))
                .isEmpty();
        assertThat(before.difference(new CompactionInvariant(60, true, Map.of())))
                .get()
                .asString()
                .contains("there were 100 rows and there are 60", "no metric of type count or longSum");
    }

    @Test
    void withRollupRowsMayMeetAndSumsStay() {
        CompactionInvariant before = new CompactionInvariant(100, true, Map.of("count", BigDecimal.valueOf(500)));

        assertThat(before.difference(new CompactionInvariant(60, true, Map.of("count", BigDecimal.valueOf(500)))))
                .isEmpty();
        assertThat(before.difference(new CompactionInvariant(101, true, Map.of())))
                .isPresent();
        assertThat(before.difference(new CompactionInvariant(60, true, Map.of("count", BigDecimal.valueOf(1000)))))
                .contains("the sum of count was 500 and is 1000");
    }
}
