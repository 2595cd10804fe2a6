package sluice.upkeep.freshness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.upkeep.UpkeepFixture.NOW;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.platform.event.CloudEvent;
import sluice.platform.metric.Metric;
import sluice.platform.metric.RecordedMetrics;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Outbox;
import sluice.platform.state.RecurringItem;
import sluice.simulation.InMemoryEventBus.Fate;
import sluice.simulation.TableCall;
import sluice.upkeep.UpkeepFixture;

class FreshnessWatchTest {

    private static final String STALE = "sluice.datasource.stale";
    private static final String FRESH = "sluice.datasource.fresh";
    private static final String TWO_HOURS = "  expect: {freshness: PT2H}";

    private final UpkeepFixture fixture = new UpkeepFixture(Map.of("sluice.metrics.datasources", "wiki"));
    private final RecordedMetrics recorded = fixture.metrics();
    private final FreshnessWatch watch = fixture.bean(FreshnessWatch.class);
    private final Outbox outbox = fixture.bean(Outbox.class);

    @Test
    void withoutAnExpectationThereIsNothingToWatch() {
        // Given
        fixture.define("wiki", List.of("main"));

        // When
        watch.afterTick();

        // Then
        assertThat(fixture.table().items()).isEmpty();
    }

    @Test
    void theFirstCheckIsScheduledOnce() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        watch.afterTick();
        fixture.clock().advance(Duration.ofMinutes(1));

        // When
        watch.afterTick();
        RecurringItem ofAnotherProcess = new RecurringItem(fixture.table(), Key.freshnessWatch(), "freshnessWatch");
        ofAnotherProcess.begin(fixture.clock().instant(), () -> true);

        // Then
        assertThat(fixture.table().due(NOW, 10)).hasSize(1);
    }

    @Test
    void dataThatGrowsTooOldIsSaidToBeStaleOnce() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW);

        // When
        ticksFor(Duration.ofHours(5));

        // Then
        assertThat(events()).extracting(CloudEvent::type).containsExactly(STALE);
        JsonNode data = events().get(0).data();
        assertThat(data.path("dataAt").asText()).isEqualTo(NOW.toString());
        assertThat(data.path("staleAt").asText())
                .isEqualTo(NOW.plus(Duration.ofHours(2)).toString());
    }

    @Test
    void dataThatIsLoadedInTimeIsNeverStale() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);

        // When
        for (int hour = 0; hour < 6; hour++) {
            available("r" + hour, "main", fixture.clock().instant());
            ticksFor(Duration.ofHours(1));
        }

        // Then
        assertThat(events()).isEmpty();
    }

    @Test
    void aLoadMakesStaleDataFreshAndItMayBecomeStaleAgain() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW);
        ticksFor(Duration.ofHours(3));
        available("r2", "main", fixture.clock().instant());

        // When
        ticksFor(Duration.ofHours(3));

        // Then
        assertThat(events()).extracting(CloudEvent::type).containsExactly(STALE, FRESH, STALE);
        assertThat(events()).extracting(CloudEvent::id).doesNotHaveDuplicates();
    }

    /** The run before it counts again, at the same age as before: the event must not look like a repeated one. */
    @Test
    void aLoadThatIsRolledBackLeavesTheDataAsOldAsItWas() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW);
        ticksFor(Duration.ofHours(3));
        Instant planned = fixture.clock().instant();
        available("r2", "main", planned);
        ticksFor(Duration.ofMinutes(10));

        // When
        run("r2", "main", planned, "RolledBack", "batch");
        ticksFor(Duration.ofMinutes(10));

        // Then
        assertThat(events()).extracting(CloudEvent::type).containsExactly(STALE, FRESH, STALE);
        assertThat(events()).extracting(CloudEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void onlyAvailableLoadsOfTheSameClusterCount() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW);
        ticksFor(Duration.ofMinutes(90));
        run("r2", "second", fixture.clock().instant(), "Available", "batch");
        run("r3", "main", fixture.clock().instant(), "Failed", "batch");
        run("r4", "main", fixture.clock().instant(), "Available", "compact");

        // When
        ticksFor(Duration.ofHours(1));

        // Then
        assertThat(events()).extracting(CloudEvent::type).containsExactly(STALE);
    }

    @Test
    void eachClusterOfADatasourceHasItsOwnData() {
        // Given
        fixture.define("wiki", List.of("main", "second"), TWO_HOURS);
        available("r1", "main", NOW);
        available("r2", "second", NOW);
        ticksFor(Duration.ofMinutes(90));
        available("r3", "main", fixture.clock().instant());

        // When
        ticksFor(Duration.ofHours(1));

        // Then
        assertThat(events()).extracting(CloudEvent::subject).containsExactly("second/wiki");
        assertThat(recorded.values(Metric.DATASOURCES_STALE)).last().isEqualTo(1L);
    }

    @Test
    void aNewDatasourceHasItsLimitToLoadForTheFirstTime() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        ticksFor(Duration.ofMinutes(115));
        int before = events().size();

        // When
        ticksFor(Duration.ofMinutes(15));

        // Then
        assertThat(before).isZero();
        assertThat(events()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(STALE);
            assertThat(event.data().has("dataAt")).isFalse();
        });
    }

    @Test
    void theAgeOfTheDataIsMeasuredAtEveryCheck() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW.minus(Duration.ofHours(1)));

        // When
        ticksFor(Duration.ofMinutes(7));

        // Then
        assertThat(recorded.values(Metric.DATA_AGE)).containsExactly(3660L, 3960L);
        assertThat(recorded.values(Metric.DATA_AGE_OF_LIMIT)).containsExactly(50L, 55L);
        assertThat(recorded.values(Metric.DATASOURCES_STALE)).containsExactly(0L, 0L);
        assertThat(recorded.lines(Metric.DATA_AGE).get(0).path("Datasource").asText())
                .isEqualTo("wiki");
    }

    @Test
    void aCheckThatChangesNothingWritesOnlyWhenTheNextOneIsDue() {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW);
        ticksFor(Duration.ofMinutes(6));
        Item before = fixture.table().get(Key.freshness("main", "wiki")).orElseThrow();

        // When
        ticksFor(Duration.ofMinutes(30));

        // Then
        assertThat(fixture.table().get(Key.freshness("main", "wiki"))).contains(before);
    }

    /** A kill before or after any call of a check loses no event and doubles none. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("interruptions")
    void anInterruptedCheckIsMadeUpFor(String name, Consumer<UpkeepFixture> interruption) {
        // Given
        fixture.define("wiki", List.of("main"), TWO_HOURS);
        available("r1", "main", NOW);
        ticksFor(Duration.ofMinutes(119));
        interruption.accept(fixture);

        // When
        ticksFor(Duration.ofMinutes(30));

        // Then
        assertThat(fixture.failures().isDone()).isTrue();
        assertThat(events().stream().map(CloudEvent::id).distinct()).hasSize(1);
        assertThat(events()).extracting(CloudEvent::type).containsOnly(STALE);
        assertThat(fixture.table().items()).noneMatch(item -> Key.of(item).pk().startsWith("outbox#"));
    }

    static Stream<Arguments> interruptions() {
        return Stream.of(
                interruption("before the next check is scheduled", of -> of.failures()
                        .timeOutBefore(FreshnessWatchTest::schedulesACheck)),
                interruption("after the next check is scheduled", of -> of.failures()
                        .timeOutAfter(FreshnessWatchTest::schedulesACheck)),
                interruption("before the change is stored", of -> of.failures()
                        .timeOutBefore(FreshnessWatchTest::storesAChange)),
                interruption("after the change is stored", of -> of.failures()
                        .timeOutAfter(FreshnessWatchTest::storesAChange)),
                interruption("the bus is away", of -> of.bus().next(Fate.UNREACHED)),
                interruption("the answer of the bus is lost", of -> of.bus().next(Fate.ANSWER_LOST)));
    }

    private static boolean schedulesACheck(TableCall call) {
        return call.kind() == TableCall.Kind.PUT && call.keys().contains(Key.freshnessWatch());
    }

    private static boolean storesAChange(TableCall call) {
        return call.kind() == TableCall.Kind.TRANSACT
                && call.keys().stream().anyMatch(key -> key.pk().startsWith("outbox#"));
    }

    private static Arguments interruption(String name, Consumer<UpkeepFixture> interruption) {
        return Arguments.of(name, interruption);
    }

    private List<CloudEvent> events() {
        return fixture.bus().taken();
    }

    /** A tick a minute, as the schedule has it. */
    private void ticksFor(Duration duration) {
        for (long minute = 0; minute < duration.toMinutes(); minute++) {
            Instant deadline = fixture.clock().instant().plusSeconds(45);
            List<Item> due = fixture.table().due(fixture.clock().instant(), 100);
            catchThrowable(() -> watch.handle(due, deadline));
            catchThrowable(() -> outbox.handle(due, deadline));
            catchThrowable(watch::afterTick);
            fixture.clock().advance(Duration.ofMinutes(1));
        }
    }

    private void available(String id, String cluster, Instant plannedAt) {
        run(id, cluster, plannedAt, "Available", "batch");
    }

    /** What the index of runs shows of a run. */
    private void run(String id, String cluster, Instant plannedAt, String state, String kind) {
        fixture.table()
                .put(Item.at(Key.run(id))
                        .with("cluster", cluster)
                        .with("datasource", "wiki")
                        .with("kind", kind)
                        .with("state", state)
                        .with("createdAt", plannedAt)
                        .with("definitionHash", "hash"));
    }
}
