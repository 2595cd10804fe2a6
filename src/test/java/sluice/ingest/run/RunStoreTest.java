package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

class RunStoreTest {

    private final IngestFixture fixture = new IngestFixture(Map.of("sluice.state.keep", "P10D"));
    private final RunStore runs = fixture.bean(RunStore.class);

    @Test
    void aRunThatIsNotThereIsEmpty() {
        assertThat(runs.find("unknown")).isEmpty();
    }

    @Test
    void ofTwoWritersOneWins() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Run first = runs.save(run.due(Instant.EPOCH));

        // When
        Throwable failure = catchThrowable(() -> runs.save(run.due(null)));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class);
        assertThat(runs.find(run.id())).contains(first);
    }

    @Test
    void aRunIsDueAsItSays() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        runs.save(run.due(fixture.clock.instant().minusSeconds(1)));

        // Then
        assertThat(fixture.due()).singleElement().satisfies(item -> assertThat(runs.runOf(item))
                .contains(fixture.run()));
    }

    @Test
    void aRunThatIsNeverDueIsInNoIndex() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        runs.save(run.due(null));

        // Then
        fixture.clock.advance(Duration.ofDays(9));
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void anItemOfAnotherKindIsNoRun() {
        assertThat(runs.runOf(Item.at(Key.compactionWatch()))).isEmpty();
    }

    @Test
    void itemsOfARunExpire() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        runs.mark(run, SegmentSnapshot.before(Set.of("a"), Map.of(), Instant.EPOCH, List.of()));
        long end = fixture.clock.instant().plus(Duration.ofDays(10)).getEpochSecond();

        // Then
        for (Key key : List.of(Key.run(run.id()), Key.plan(run.id(), 1), Key.segmentMark(run.id(), 1))) {
            assertThat(fixture.table.get(key).orElseThrow().number(StateTable.TTL, 0))
                    .as(key.toString())
                    .isEqualTo(end);
        }
    }

    /** An item holds 400 KB. */
    @Test
    void aSnapshotOfAHundredThousandSegmentsIsStored() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Random random = new Random(1);
        Set<String> segments = IntStream.range(0, 100_000)
                .mapToObj(number -> "wiki_2026-01-01T00:00:00.000Z_2026-01-02T00:00:00.000Z_"
                        + Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L)) + "_" + number)
                .collect(Collectors.toSet());
        SegmentSnapshot snapshot = SegmentSnapshot.before(segments, Map.of(), Instant.EPOCH, List.of());

        // When
        Run posting = runs.posting(run, snapshot);

        // Then
        assertThat(runs.mayBePosted(posting)).isTrue();
        assertThat(runs.segmentMark(posting)).contains(snapshot);
    }

    @Test
    void aSnapshotOfAHundredThousandSegmentsIsStoredAgainWithThoseOfTheRun() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Random random = new Random(2);
        Set<String> segments = IntStream.range(0, 100_000)
                .mapToObj(number -> "wiki_" + random.nextLong())
                .collect(Collectors.toSet());
        SegmentSnapshot before = SegmentSnapshot.before(segments, Map.of(), Instant.EPOCH, List.of());
        Run posting = runs.posting(run, before);

        // When
        runs.mark(posting, before.after(Set.of("own"), List.of()));

        // Then
        assertThat(runs.segmentMark(posting)).contains(before.after(Set.of("own"), List.of()));
    }

    @Test
    void aSnapshotBelongsToItsAttempt() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        SegmentSnapshot snapshot = new SegmentSnapshot(
                Set.of("a"), Set.of("b"), List.of("t"), Map.of("w", "1"), Instant.EPOCH, List.of(), null);
        runs.mark(run, snapshot);

        // When
        Run next = run.nextAttempt(new RunState.Planned(fixture.clock.instant()));

        // Then
        assertThat(runs.segmentMark(run)).contains(snapshot);
        assertThat(runs.segmentMark(next)).isEmpty();
    }

    @Test
    void aRunWhoseTaskIsAboutToBePostedCannotBeWrittenByThoseWhoReadItBefore() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        Run posting = runs.posting(run, SegmentSnapshot.before(Set.of("a"), Map.of(), Instant.EPOCH, List.of()));

        // Then
        assertThat(runs.mayBePosted(posting)).isTrue();
        assertThat(runs.find(run.id())).contains(posting);
        assertThatThrownBy(() -> runs.save(run)).isInstanceOf(StaleRunException.class);
    }

    @Test
    void theSnapshotOfAnAttemptIsTakenOnce() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        Run posting = runs.posting(run, SegmentSnapshot.before(Set.of("a"), Map.of(), Instant.EPOCH, List.of()));

        // When
        assertThatThrownBy(() ->
                        runs.posting(posting, SegmentSnapshot.before(Set.of("b"), Map.of(), Instant.EPOCH, List.of())))
                .isInstanceOf(StaleRunException.class);

        // Then
        assertThat(runs.segmentMark(run).orElseThrow().before()).containsExactly("a");
        assertThat(runs.find(run.id())).contains(posting);
    }

    @Test
    void aRunWithoutItsPlanIsBroken() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.table.remove(Key.plan(run.id(), 1));

        // Then
        assertThatThrownBy(() -> runs.plan(run))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(run.id() + " has no plan 1");
    }

    @Test
    void anAttemptThatFilesAskedForHasNoAuthor() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // Then
        assertThat(runs.order(run)).isEmpty();
    }

    @Test
    void whoAskedForAnAttemptIsKnown() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);
        fixture.table.put(Item.at(Key.order(run.id(), 1)).with("author", "ann"));

        // Then
        assertThat(runs.order(run)).contains(new RequestedBy("ann", null, null, null));
    }
}
