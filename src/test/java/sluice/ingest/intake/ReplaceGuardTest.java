package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.IngestFixture.NEXT_DAY;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;
import sluice.platform.state.Key;

/** A late file does not replace a time chunk by less than it was made of. */
class ReplaceGuardTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Intake intake = fixture.bean(Intake.class);
    private final LoadRequests requests = fixture.bean(LoadRequests.class);
    private final RunStore runs = fixture.bean(RunStore.class);

    @BeforeEach
    void aReplace() {
        fixture.define(IngestFixture.definition("replace"));
    }

    @Test
    void aLateFileDoesNotReplaceWhatHasExpired() {
        // Given
        InputObject expired = fixture.upload("a.json", 3);
        Run served = fixture.available(arrived(expired));
        expire(expired);

        // When
        Run late = arrived(fixture.upload("late.json", 3));

        // Then
        assertThat(late.state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains(
                        "SLU-0930",
                        "the object " + expired.location(),
                        served.id(),
                        "POST /v1/runs {\"datasource\": \"wiki\", \"interval\": \"" + DAY.interval() + "\"}"));
        assertThat(fixture.events()).endsWith("sluice.run.refused");
    }

    @Test
    void aLateFileDoesNotReplaceWhatIsArchived() {
        // Given
        InputObject archived = fixture.upload("a.json", 3);
        fixture.available(arrived(archived));
        fixture.objects.transition(archived.location(), "GLACIER");

        // When
        Run late = arrived(fixture.upload("late.json", 3));

        // Then
        assertThat(late.state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains("SLU-0931", "the object " + archived.location(), "restore them"));
    }

    @Test
    void whoeverRequestsTheTimeChunkDoesWithoutWhatHasExpired() {
        // Given
        InputObject expired = fixture.upload("a.json", 3);
        fixture.available(arrived(expired));
        expire(expired);
        InputObject late = fixture.upload("late.json", 3);
        arrived(late);

        // When
        Run run = requests.place(request(DAY)).runs().get(0);

        // Then
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
        assertThat(runs.plan(run).objects()).containsExactly(late);
    }

    /** The rows of its first attempt are still served. */
    @Test
    void whatARunHasLoadedStaysGuardedAfterALaterAttemptOfItHasFailed() {
        // Given
        InputObject expired = fixture.upload("a.json", 3);
        Run served = fixture.available(arrived(expired));
        fixture.failed(attemptedAgain(served), Problem.Code.TASK_FAILED);
        expire(expired);

        // When
        Run late = arrived(fixture.upload("late.json", 3));

        // Then
        assertThat(late.state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains("SLU-0930", served.id()));
    }

    @Test
    void aFailedAttemptOfAReplaceIsRepeatedOnRequestAlthoughAnEarlierOneHasLoaded() {
        // Given
        Run served = fixture.available(arrived(fixture.upload("a.json", 3)));
        fixture.failed(attemptedAgain(served), Problem.Code.TASK_FAILED);

        // When
        Run run = requests.place(request(DAY)).runs().get(0);

        // Then
        assertThat(run.id()).isEqualTo(served.id());
        assertThat(run.attempt()).isEqualTo(3);
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void onceARequestIsServedItsObjectsCount() {
        // Given
        InputObject expired = fixture.upload("a.json", 3);
        fixture.available(arrived(expired));
        expire(expired);
        fixture.upload("late.json", 3);
        fixture.available(ordered(DAY));
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        Run later = arrived(fixture.upload("later.json", 3));

        // Then
        assertThat(later.state()).isInstanceOf(RunState.Planned.class);
        assertThat(runs.plan(later).objects()).hasSize(2);
    }

    @Test
    void aRequestOfArchivedObjectsIsRefused() {
        // Given
        InputObject archived = fixture.upload("a.json", 3);
        fixture.objects.transition(archived.location(), "GLACIER");

        // When
        Throwable failure = catchThrowable(() -> requests.place(request(DAY)));

        // Then
        assertThat(failure)
                .isInstanceOf(LoadRequestException.class)
                .hasMessageContaining("restore them first")
                .hasMessageContaining(archived.location().toString());
    }

    @Test
    void anArchivedObjectDoesNotFailTheAppendOfTheOthers() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject archived = fixture.upload("a.json", 3);
        fixture.objects.transition(archived.location(), "GLACIER");
        InputObject late = fixture.upload("late.json", 3);

        // When
        Run run = arrived(late);

        // Then
        assertThat(runs.plan(run).objects()).containsExactly(late);
        assertThat(fixture.bean(Ledger.class)
                        .find(archived.version(), FEED)
                        .orElseThrow()
                        .state())
                .isEqualTo("Archived");
    }

    @Test
    void theRunThatIsServedCountsAlthoughLaterOnesHaveFailed() {
        // Given
        InputObject expired = fixture.upload("a.json", 3);
        fixture.available(arrived(expired));
        InputObject second = fixture.upload("b.json", 3);
        Run failed = arrived(second);
        fixture.failed(failed, Problem.Code.TASK_FAILED);
        Run third = arrived(fixture.upload("c.json", 3));
        fixture.failed(third, Problem.Code.TASK_FAILED);
        expire(expired);
        expire(second);

        // When
        Run late = arrived(fixture.upload("late.json", 3));

        // Then
        assertThat(late.state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains("the object " + expired.location())
                .doesNotContain(second.key()));
    }

    @Test
    void anObjectOfAnotherTimeChunkIsNotMissed() {
        // Given
        fixture.upload("a.json", 3);
        InputObject other = fixture.upload(NEXT_DAY, "b.json", 3);
        Run both = ordered(new TimeChunk(DAY.start(), NEXT_DAY.end()));
        fixture.available(both);
        expire(other);

        // When
        Run late = arrived(fixture.upload("late.json", 3));

        // Then
        assertThat(late.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void whoeverDeletesAYoungObjectWantsItsRowsGone() {
        // Given
        InputObject deleted = fixture.upload("a.json", 3);
        fixture.available(arrived(deleted));
        fixture.clock.advance(Duration.ofHours(23));
        fixture.delete(deleted);

        // When
        Run corrected = arrived(fixture.upload("corrected.json", 3));

        // Then
        assertThat(corrected.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void anOverwrittenObjectIsNotMissed() {
        // Given
        fixture.available(arrived(fixture.upload("a.json", 3)));

        // When
        Run again = arrived(fixture.upload("a.json", 4));

        // Then
        assertThat(again.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void whatIsForgottenIsNotMissed() {
        // Given
        InputObject expired = fixture.upload("a.json", 3);
        Run served = fixture.available(arrived(expired));
        expire(expired);
        fixture.table.remove(Key.plan(served.id(), served.plan()));

        // When
        Run late = arrived(fixture.upload("late.json", 3));

        // Then
        assertThat(late.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void whatArrivesWaitsUntilAnOrderedRunIsSubmitted() {
        // Given
        fixture.upload("a.json", 3);
        Run ordered = ordered(DAY);
        InputObject late = fixture.upload("late.json", 3);
        intake.arrived(fixture.notification(late));
        int before = fixture.runs().size();

        // When
        fixture.submitted(ordered);
        fixture.bean(Planner.class).plan(new ChunkId(FEED, DAY));

        // Then
        assertThat(before).isEqualTo(1);
        assertThat(fixture.runs()).hasSize(2);
    }

    /** The ordered run may wait for a day for the lease of another. */
    @Test
    void whatWaitsForAnOrderedRunIsLookedAtLessAndLessOften() {
        // Given
        fixture.upload("a.json", 3);
        ordered(DAY);
        intake.arrived(fixture.notification(fixture.upload("late.json", 3)));
        ChunkStore chunks = fixture.bean(ChunkStore.class);
        ChunkId id = new ChunkId(FEED, DAY);

        // When
        fixture.bean(Planner.class).plan(id);
        boolean soon = isDueWithin(Duration.ofSeconds(30));
        fixture.clock.advance(Duration.ofHours(1));
        fixture.bean(Planner.class).plan(id);

        // Then
        assertThat(soon).isTrue();
        assertThat(isDueWithin(Duration.ofMinutes(11))).isFalse();
        assertThat(isDueWithin(Duration.ofMinutes(12))).isTrue();
        assertThat(chunks.find(id).orElseThrow().isPlanned()).isFalse();
    }

    private boolean isDueWithin(Duration pause) {
        return fixture.table.due(fixture.clock.instant().plus(pause), 10).stream()
                .anyMatch(item -> ChunkStore.idOf(item).isPresent());
    }

    /** Returns the run that was planned last. */
    private Run attemptedAgain(Run run) {
        return fixture.bean(Transitions.class).repeat(run, (RunState.Ended) run.state());
    }

    private Run arrived(InputObject object) {
        List<String> before = fixture.runs().stream().map(Run::id).toList();
        intake.arrived(fixture.notification(object));
        return fixture.runs().stream()
                .filter(run -> !before.contains(run.id()))
                .findFirst()
                .orElseThrow();
    }

    /** A rule of the bucket removes the object at the age of a day. */
    private void expire(InputObject object) {
        fixture.clock.advance(Duration.ofDays(1));
        fixture.delete(object);
    }

    private Run ordered(TimeChunk span) {
        return fixture.stored(requests.place(request(span)).runs().get(0));
    }

    private static LoadRequest request(TimeChunk span) {
        return new LoadRequest("wiki", List.of(), List.of(), span, null, "intent", "ann", null);
    }
}
