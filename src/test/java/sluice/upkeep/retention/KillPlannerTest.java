package sluice.upkeep.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.retention.Snapshots.NOW;
import static sluice.upkeep.retention.Snapshots.day;
import static sluice.upkeep.retention.Snapshots.unused;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Contract;
import sluice.platform.druid.UnusedSegment;

class KillPlannerTest {

    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void neighboursShareATaskAndAGapBeginsTheNext() {
        // When
        List<KillPlan> plans =
                plan(List.of(unused(day(1), "a", WEEK), unused(day(5), "a", WEEK), unused(day(4), "a", WEEK)));

        // Then
        assertThat(plans)
                .extracting(KillPlan::interval)
                .containsExactly(new TimeChunk(day(5).start(), day(4).end()), day(1));
    }

    @Test
    void chunksOfAnotherGranularityGoWithTheChunkThatHoldsThem() {
        // Given
        Instant start = day(3).start();
        UnusedSegment hour = unused(new TimeChunk(start, start.plus(Duration.ofHours(1))), "b", WEEK);

        // When
        List<KillPlan> plans = plan(List.of(hour, unused(day(3), "a", WEEK)));

        // Then
        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.chunks()).containsExactly(day(3));
            assertThat(plan.segments()).hasSize(2);
        });
    }

    @Test
    void noTaskHasMoreChunksThanARunHasLeases() {
        // When
        List<KillPlan> plans = plan(IntStream.range(0, 200)
                .mapToObj(ago -> unused(day(ago), "a", WEEK))
                .toList());

        // Then
        assertThat(plans).extracting(plan -> plan.chunks().size()).containsExactly(90, 90, 20);
    }

    @Test
    void noTaskHasMoreThanTwoThousandSegments() {
        // Given: adjacent days of 1,500 segments each
        List<UnusedSegment> segments = IntStream.range(0, 3_000)
                .mapToObj(number -> unused(day(20 + number / 1_500), "v" + number, WEEK))
                .toList();

        // When
        List<KillPlan> plans = plan(segments);

        // Then
        assertThat(plans).extracting(plan -> plan.segments().size()).containsExactly(1_500, 1_500);
    }

    @Test
    void noTasksIntervalIsLongerThanAChunkMayBe() {
        // Given: two adjacent chunks of sixty years
        Instant middle = Instant.parse("1960-01-01T00:00:00Z");
        Duration sixtyYears = Duration.ofDays(365 * 60L);

        // When
        List<KillPlan> plans = plan(List.of(
                unused(new TimeChunk(middle.minus(sixtyYears), middle), "a", WEEK),
                unused(new TimeChunk(middle, middle.plus(sixtyYears)), "a", WEEK)));

        // Then
        assertThat(plans).hasSize(2);
    }

    @Test
    void theTaskIsBoundToWhatIsThereNow() {
        // Given
        KillPlan plan = plan(List.of(unused(day(1), "b", WEEK), unused(day(1), "a", WEEK.plusDays(1))))
                .get(0);

        // When
        JsonNode task = plan.task("ds");

        // Then
        assertThat(task.path("interval").asText()).isEqualTo(day(1).interval());
        assertThat(task.path("versions")).extracting(JsonNode::asText).containsExactly("a", "b");
        assertThat(task.path("limit").asInt()).isEqualTo(2);
        assertThat(task.path("maxUsedStatusLastUpdatedTime").asText())
                .isEqualTo(NOW.minus(WEEK).toString());
        assertThat(Contract.forDruid("33").check(task)).isEmpty();
    }

    @Test
    void theSameSegmentsAreTheSameIntentWheneverTheyArePlanned() {
        // Given
        UnusedSegment first = unused(day(1), "a", WEEK);
        UnusedSegment second = unused(day(1), "b", WEEK);

        // Then
        assertThat(identity(first, second)).isEqualTo(identity(second, first));
        assertThat(identity(first)).isNotEqualTo(identity(first, second));
    }

    private static List<KillPlan> plan(List<UnusedSegment> segments) {
        return KillPlanner.plan(segments, segments);
    }

    private static String identity(UnusedSegment... segments) {
        return plan(List.of(segments)).get(0).identity();
    }
}
