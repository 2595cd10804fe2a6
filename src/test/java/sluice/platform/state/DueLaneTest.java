package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.platform.state.StateTable.DueLane;

class DueLaneTest {

    @Test
    void chunksOfADatasourceSpreadOverAllShardsOfTheirLane() {
        // When
        Map<Long, Long> counts = IntStream.range(0, 3_650)
                .mapToObj(LocalDate.EPOCH::plusDays)
                .map(day -> "main/wiki " + day + "T00:00:00Z/" + day.plusDays(1) + "T00:00:00Z")
                .map(DueLane.BACKLOG::shard)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        // Then
        assertThat(counts).hasSize(16);
        assertThat(counts.keySet()).allMatch(shard -> shard >= 16 && shard < 32);
        assertThat(counts.values()).allMatch(count -> count > 100 && count < 500);
    }
}
