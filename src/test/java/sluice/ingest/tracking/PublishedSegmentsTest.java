package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.simulation.TableCall;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;

/** What a run has published is taken back when the run fails. */
class PublishedSegmentsTest {

    private static final Problem BROKEN = new Problem(Problem.Code.TASK_FAILED, "it broke");
    private final IngestFixture fixture = new IngestFixture();
    private final RunCompletion completion = fixture.bean(RunCompletion.class);
    private final CountedCalls calls = new CountedCalls();

    @Test
    void aRollBackTakesTheSegmentsBackAndEndsTheRun() {
        // Given
        Run run = inDruid("append");
        fixture.druid.settle();
        SegmentSnapshot snapshot = snapshot(Set.of(), used(), List.of());

        // When
        completion.rollBack(
                run,
                (RunState.InDruid) run.state(),
                new RunState.RolledBack(fixture.clock.instant(), BROKEN),
                fixture.druid,
                snapshot,
                List.of("line 3 is broken"));

        // Then
        assertThat(stored(run).state()).isInstanceOf(RunState.RolledBack.class);
        assertThat(entry(run).error()).isEqualTo("line 3 is broken");
        assertThat(used()).isEmpty();
    }

    @Test
    void whatAReplaceHasClearedAwayIsMarkedUsedBeforeItsOwnSegmentsAreUnused() {
        // Given
        Set<String> before = loadedEarlier();
        Run run = inDruid("replace");
        fixture.druid.settle();
        Set<String> created = Set.copyOf(without(used(), before));
        fixture.druid.segmentUsage().markUnused("wiki", before);
        fixture.druid.faults(calls);

        // When
        completion.takeBack(run, state(run), fixture.druid, snapshot(before, created, List.of()), BROKEN);

        // Then
        assertThat(calls.writes()).containsExactly(DruidCall.MARK_USED, DruidCall.MARK_UNUSED);
        assertThat(used()).isEqualTo(before);
    }

    /** While the run's segments are used, the coordinator clears away what they hide whenever it comes round. */
    @Test
    void whatTheCoordinatorClearsAwayInBetweenIsMarkedUsedOnceMore() {
        // Given
        Set<String> before = loadedEarlier();
        Run run = inDruid("replace");
        fixture.druid.settle();
        SegmentSnapshot snapshot = snapshot(before, Set.copyOf(without(used(), before)), List.of());
        fixture.druid.faults((call, subject) -> {
            if (call == DruidCall.MARK_UNUSED) {
                fixture.druid.dropOvershadowed();
            }
            return Optional.empty();
        });

        // When
        completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN);

        // Then
        assertThat(used()).isEqualTo(before);
    }

    @Test
    void whatIsStillUsedIsNotMarkedUsed() {
        // Given
        Set<String> before = loadedEarlier();
        Run run = inDruid("replace");
        fixture.druid.settle();
        fixture.druid.faults(calls);

        // When
        completion.takeBack(
                run,
                state(run),
                fixture.druid,
                snapshot(before, Set.copyOf(without(used(), before)), List.of()),
                BROKEN);

        // Then
        assertThat(calls.writes()).containsExactly(DruidCall.MARK_UNUSED);
        assertThat(used()).isEqualTo(before);
    }

    @Test
    void anAppendHasReplacedNothing() {
        // Given
        Run run = inDruid("append");
        fixture.druid.settle();
        SegmentSnapshot snapshot = snapshot(Set.of("gone"), used(), List.of());
        fixture.druid.faults(calls);

        // When
        completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN);

        // Then
        assertThat(calls.writes()).containsExactly(DruidCall.MARK_UNUSED);
    }

    @Test
    void aRunThatHasCreatedNothingHasNothingToTakeBack() {
        // Given
        Run run = inDruid("replace");
        fixture.druid.faults(calls);

        // When
        completion.takeBack(run, state(run), fixture.druid, snapshot(Set.of("before"), Set.of(), List.of()), BROKEN);

        // Then
        assertThat(calls.writes()).isEmpty();
    }

    @Test
    void segmentsThatMayBeOfOthersStay() {
        // Given
        Run run = inDruid("append");
        fixture.druid.settle();
        SegmentSnapshot snapshot = snapshot(Set.of(), used(), List.of("other"));
        fixture.druid.faults(calls);

        // When
        completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN);

        // Then
        assertThat(calls.writes()).isEmpty();
    }

    /** Druid's compaction does not look whether what it has read is still used when it publishes. */
    @Test
    void rowsThatACompactionMayHaveCopiedAreNotTakenBack() {
        // Given
        Run run = inDruid("append");
        fixture.druid.settle();
        SegmentSnapshot snapshot = snapshot(Set.of(), used(), List.of());
        compactsDuring(DruidCall.MARK_UNUSED);

        // When
        Optional<Run> clean = completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN);
        fixture.druid.settle();

        // Then
        assertThat(clean).isEmpty();
        assertThat(problem(run).code()).isEqualTo(Problem.Code.NOT_TAKEN_BACK);
        assertThat(problem(run).message())
                .isEqualTo(
                        "it broke; its segments are marked unused, but [coordinator-issued_compact_wiki_1] wrote to the"
                                + " datasource meanwhile and may have copied their rows");
        assertThat(stored(run).mayHaveLoaded()).isTrue();
        assertThat(fixture.druid.metadata().publishedRows("wiki").values()).containsExactly(3L);
    }

    @Test
    void rowsThatMayHaveBeenCopiedAreRememberedIfTheFunctionDies() {
        // Given
        Run run = inDruid("append");
        fixture.druid.settle();
        SegmentSnapshot snapshot = snapshot(Set.of(), used(), List.of());
        compactsDuring(DruidCall.MARK_UNUSED);
        fixture.failures.timeOutBefore(
                call -> call.kind() == TableCall.Kind.PUT && call.keys().contains(Key.run(run.id())));
        Throwable died = catchThrowable(() -> completion.takeBack(run, state(run), fixture.druid, snapshot, BROKEN));

        // When
        SegmentSnapshot remembered =
                fixture.bean(RunStore.class).segmentMark(run).orElseThrow();

        // Then
        assertThat(died).isInstanceOf(StateException.class);
        assertThat(remembered.takingBack()).isEqualTo(BROKEN);
        assertThat(remembered.isOwn()).isFalse();
    }

    /** A compaction begins right before the call, and reads what is used then. */
    private void compactsDuring(DruidCall moment) {
        fixture.druid.faults((call, subject) -> {
            if (call == moment) {
                fixture.druid.others().compact("wiki", DAY, false);
                fixture.druid.advance();
                fixture.druid.advance();
            }
            return Optional.empty();
        });
    }

    /** Another writer has loaded the day a minute ago. Returns its segments. */
    private Set<String> loadedEarlier() {
        fixture.druid.others().replace("wiki", DAY, InputRows.at(DAY.start(), 7));
        fixture.druid.settle();
        fixture.clock.advance(Duration.ofMinutes(1));
        return used();
    }

    private Problem problem(Run run) {
        return Problem.of(stored(run).state()).orElseThrow();
    }

    private Run inDruid(String mode) {
        return fixture.inDruid(IngestFixture.definition(mode), "a.json", 3);
    }

    private static RunState.Live state(Run run) {
        return (RunState.Live) run.state();
    }

    private Run stored(Run run) {
        return fixture.stored(run);
    }

    private LedgerEntry entry(Run run) {
        InputObject object = fixture.bean(RunStore.class).plan(run).objects().get(0);
        return fixture.bean(Ledger.class).find(object.version(), FEED).orElseThrow();
    }

    private Set<String> used() {
        return Set.copyOf(fixture.druid.usedSegments("wiki"));
    }

    private static List<String> without(Set<String> all, Set<String> some) {
        return all.stream().filter(id -> !some.contains(id)).toList();
    }

    private static SegmentSnapshot snapshot(Set<String> before, Set<String> created, List<String> others) {
        return new SegmentSnapshot(before, created, others, Map.of(), null, List.of(), null);
    }
}
