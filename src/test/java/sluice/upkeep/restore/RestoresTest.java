package sluice.upkeep.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.core.batch.Feed;
import sluice.core.batch.TimeChunk;
import sluice.ingest.hold.HoldStore;
import sluice.ingest.run.LeaseStore;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.Fate;
import sluice.simulation.druid.InputRows;
import sluice.simulation.druid.Lags;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.restore.Restoration.Phase;

class RestoresTest {

    private static final RestoreSelection THIRD_DAY = new RestoreSelection(day(3), null, null);

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final RestorePreviews previews = fixture.bean(RestorePreviews.class);
    private final Restores restores = fixture.bean(Restores.class);

    @Test
    void whatSomebodyHasMarkedUnusedComesBackAndIsCounted() {
        // Given
        fixture.load(fixture.main(), "wiki", 4, 3).markUnused(fixture.main(), "wiki", 3);

        // When
        Restoration begun = start(THIRD_DAY);
        Restoration done = finish(begun);

        // Then
        assertThat(done.problems()).isEmpty();
        assertThat(done.rows()).isEqualTo(10);
        assertThat(fixture.main().usedSegments("wiki")).hasSize(2);
        assertThat(restores.list("wiki", 10)).containsExactly(done);
        assertThat(fixture.bean(LeaseStore.class).held(new Feed("main", "wiki")))
                .isEmpty();
    }

    @Test
    void aPreviewNamesWhatWouldBeHiddenAndChangesNothing() {
        // Given: the day was replaced, and the coordinator has dropped the earlier version
        Instant before = replaced();

        // When
        RestorePlan plan = previews.plan(fixture.main(), "wiki", new RestoreSelection(null, before, null));

        // Then
        assertThat(plan.versions()).singleElement().satisfies(version -> {
            assertThat(version.interval()).isEqualTo(day(3).interval());
            assertThat(version.replaces()).singleElement().satisfies(newer -> assertThat(newer.rows())
                    .isEqualTo(4));
            assertThat(version.hides()).isEmpty();
        });
        assertThat(plan.unuse()).hasSize(1);
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void theDataOfATimeComesBackInPlaceOfNewerData() {
        // Given
        Instant before = replaced();

        // When
        Restoration done = finish(start(new RestoreSelection(null, before, null)));

        // Then
        assertThat(done.problems()).isEmpty();
        assertThat(done.rows()).isEqualTo(10);
        assertThat(rows()).isEqualTo(10);
    }

    /** While the newer segments are used, the coordinator clears away what they hide whenever it comes round. */
    @Test
    void whatTheCoordinatorClearsAwayInBetweenIsMarkedUsedOnceMore() {
        // Given
        Instant before = replaced();
        fixture.main().faults((call, subject) -> {
            if (call == DruidCall.MARK_UNUSED) {
                fixture.main().dropOvershadowed();
            }
            return Optional.empty();
        });

        // When
        Restoration done = finish(start(new RestoreSelection(null, before, null)));

        // Then
        assertThat(done.problems()).isEmpty();
        assertThat(rows()).isEqualTo(10);
    }

    @Test
    void onlyWhatWasPreviewedIsRestored() {
        // Given
        fixture.load(fixture.main(), "wiki", 4, 3).markUnused(fixture.main(), "wiki", 3);
        RestoreSelection all = new RestoreSelection(new TimeChunk(day(4).start(), day(3).end()), null, null);
        String seen = previews.plan(fixture.main(), "wiki", all).fingerprint();
        fixture.markUnused(fixture.main(), "wiki", 4);

        // When, Then
        assertThatThrownBy(() -> restores.start(fixture.main(), "wiki", all, seen, "alice", "a slip"))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("changed since the preview");
        assertThat(fixture.main().usedSegments("wiki")).isEmpty();
    }

    @Test
    void whatIsOnHoldIsNotReplaced() {
        // Given
        Instant before = replaced();
        fixture.bean(HoldStore.class).put("wiki", day(3), "audit", "alice", null);

        // When
        Restoration done = start(new RestoreSelection(null, before, null));

        // Then
        assertThat(done.phase()).isEqualTo(Phase.DONE);
        assertThat(done.problems()).singleElement().asString().contains("alice: audit");
        assertThat(rows()).isEqualTo(4);
    }

    @Test
    void aRestoreWaitsForAWriterAndHidesNothingOfIts() {
        // Given: a task holds the lock of the day
        fixture.load(fixture.main(), "wiki", 4, 3).markUnused(fixture.main(), "wiki", 3);
        fixture.main().taskDuration(Duration.ofMinutes(2));
        fixture.main().others().append("wiki", day(3), InputRows.at(day(3).start(), 3));
        fixture.main().settle();

        // When
        Restoration waiting = start(THIRD_DAY);
        fixture.clock().advance(Duration.ofMinutes(3));
        fixture.main().settle();
        Restoration done = finish(waiting);

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.MARKING);
        assertThat(done.problems()).singleElement().asString().contains("was written since the preview");
        assertThat(rows()).isEqualTo(13);
    }

    /** A compaction reads the newer rows right before their segments are marked unused, and publishes them a minute later. */
    @Test
    void rowsThatACompactionHasCopiedMeanwhileAreNamed() {
        // Given
        Instant before = replaced();
        compactedInBetween(Fate.SUCCEEDS);

        // When
        Restoration begun = start(new RestoreSelection(null, before, null));
        Restoration waiting = tick(begun);
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.main().settle();
        Restoration done = finish(begun);

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.MARKING);
        assertThat(done.problems()).singleElement().asString().contains("was written since the preview");
    }

    @Test
    void aCompactionThatCopiesNothingInTheEndIsWaitedFor() {
        // Given
        Instant before = replaced();
        compactedInBetween(Fate.FAILS);

        // When
        Restoration begun = start(new RestoreSelection(null, before, null));
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.main().settle();
        Restoration done = finish(begun);

        // Then
        assertThat(done.problems()).isEmpty();
        assertThat(rows()).isEqualTo(10);
    }

    private void compactedInBetween(Fate fate) {
        fixture.main().faults((call, subject) -> {
            if (call == DruidCall.MARK_UNUSED) {
                fixture.main().faults(CallFaults.NONE);
                fixture.main().taskDuration(Duration.ofMinutes(1));
                fixture.main().fate(fixture.main().others().compact("wiki", day(3), false), fate);
                fixture.main().settle();
                fixture.main().taskDuration(Duration.ZERO);
            }
            return Optional.empty();
        });
    }

    /** The answer of the call that marks the newer segments unused is lost, after the coordinator has dropped the earlier ones. */
    @Test
    void whatHidesAnInterruptedRestoreIsNamed() {
        // Given: a person appends to the day, which is empty
        Restoration begun = interrupted();
        fixture.main().others().append("wiki", day(3), InputRows.at(day(3).start(), 1));
        fixture.main().settle();

        // When
        Restoration done = finish(begun);

        // Then
        assertThat(done.problems())
                .singleElement()
                .asString()
                .contains("the newer segments are marked unused", "would hide it")
                .doesNotContain("nothing was restored");
    }

    @Test
    void aHoldDoesNotKeepAnInterruptedRestoreFromItsEnd() {
        // Given
        Restoration begun = interrupted();
        fixture.bean(HoldStore.class).put("wiki", day(3), "audit", "alice", null);

        // When
        Restoration done = finish(begun);

        // Then
        assertThat(done.problems()).isEmpty();
        assertThat(rows()).isEqualTo(10);
    }

    @Test
    void aRestoreWaitsForItsClusterAndNotForEver() {
        // Given
        Restoration begun = interrupted();
        fixture.clusters().remove("main");

        // When
        Restoration waiting = tick(begun);
        fixture.clock().advance(Duration.ofMinutes(15));
        Restoration done = finish(begun);

        // Then
        assertThat(waiting.problems()).isEmpty();
        assertThat(done.problems()).singleElement().asString().contains("no cluster main", "may be marked already");
    }

    private Restoration interrupted() {
        Instant before = replaced();
        fixture.main().faults((call, subject) -> {
            if (call != DruidCall.MARK_UNUSED) {
                return Optional.empty();
            }
            fixture.main().faults(CallFaults.NONE);
            fixture.main().dropOvershadowed();
            return Optional.of(new CallFault.AnswerLost(DruidException.Code.TIMED_OUT));
        });
        Restoration begun = start(new RestoreSelection(null, before, null));
        assertThat(begun.phase()).isEqualTo(Phase.MARKING);
        assertThat(fixture.main().usedSegments("wiki")).isEmpty();
        return begun;
    }

    @Test
    void whatNoServerLoadsIsAProblem() {
        // Given
        fixture.load(fixture.main(), "wiki", 4, 3).markUnused(fixture.main(), "wiki", 3);
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.main().lags(Lags.NONE.served(Duration.ofDays(1)));

        // When
        Restoration begun = start(THIRD_DAY);
        fixture.clock().advance(Duration.ofMinutes(20));
        Restoration done = finish(begun);

        // Then
        assertThat(done.problems()).singleElement().asString().contains("not served after PT15M");
    }

    @Test
    void theWindowOfWhatSweepsPurgeIsTold() {
        // Given: one day is older than keep, the other is still wanted
        fixture.define("wiki", List.of("main"), "retention: {keep: P7D, purgeAfter: P2D}");
        fixture.clock().advance(Duration.ofMinutes(1));
        fixture.load(fixture.main(), "wiki", 10, 3).markUnused(fixture.main(), "wiki", 10, 3);

        // When
        List<UnusedVersion> unused = previews.unused(fixture.main(), "wiki", null);

        // Then
        assertThat(unused)
                .extracting(UnusedVersion::until)
                .containsExactly(fixture.clock().instant().plus(Duration.ofDays(2)), null);
    }

    @Test
    void whereNothingIsUnusedThereIsNothingToRestore() {
        // Given
        fixture.load(fixture.main(), "wiki", 3);

        // When, Then
        assertThatThrownBy(() -> start(THIRD_DAY))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("nothing to restore");
        assertThatThrownBy(() -> new RestoreSelection(null, null, null)).isInstanceOf(RestoreException.class);
    }

    /** Ten rows of a day are replaced by four. Returns a time in between. */
    private Instant replaced() {
        fixture.load(fixture.main(), "wiki", 3);
        fixture.clock().advance(Duration.ofHours(1));
        Instant between = fixture.clock().instant();
        fixture.clock().advance(Duration.ofHours(1));
        fixture.loadParts(fixture.main(), "wiki", 3, 4, 100);
        fixture.main().dropOvershadowed();
        return between;
    }

    private long rows() {
        return fixture.main().servedRows("wiki").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private Restoration start(RestoreSelection selection) {
        String fingerprint = previews.plan(fixture.main(), "wiki", selection).fingerprint();
        return restores.start(fixture.main(), "wiki", selection, fingerprint, "alice", "a slip");
    }

    private Restoration finish(Restoration begun) {
        for (int tick = 0; tick < 4; tick++) {
            tick(begun);
        }
        Restoration done = tick(begun);
        assertThat(done.phase()).isEqualTo(Phase.DONE);
        return done;
    }

    private Restoration tick(Restoration begun) {
        fixture.clock().advance(Duration.ofSeconds(10));
        Instant now = fixture.clock().instant();
        restores.handle(fixture.table().due(now, 10), now.plusSeconds(30));
        return restores.find("wiki", begun.id()).orElseThrow();
    }
}
