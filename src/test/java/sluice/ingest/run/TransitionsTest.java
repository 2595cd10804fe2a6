package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.platform.event.CloudEvent;
import sluice.platform.state.StateException;
import sluice.simulation.Calls;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.TableCall;

class TransitionsTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Transitions transitions = fixture.bean(Transitions.class);
    private final RunStore runs = fixture.bean(RunStore.class);
    private final LeaseStore leases = fixture.bean(LeaseStore.class);
    private Run run;

    @BeforeEach
    void aRunThatIsPlanned() {
        run = fixture.planned("replace", "a.json", 3);
        fixture.clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void aMoveStoresTheStateAndSendsItsEvent() {
        // When
        Run moved = transitions.move(run, submitted());

        // Then
        assertThat(stored()).isEqualTo(moved);
        assertThat(moved.state()).isEqualTo(submitted());
        assertThat(moved.history()).containsExactly(run.state());
        assertThat(moved.outbox()).isEmpty();
        assertThat(moved.dueAt()).isAfter(now());
        assertThat(fixture.events()).containsExactly("sluice.run.planned", "sluice.run.submitted");
    }

    @Test
    void aStateWithoutAnEventSendsNone() {
        // When
        Run moved = transitions.move(run, planned().waiting(now(), "other"));

        // Then
        assertThat(moved.state()).isInstanceOf(RunState.Waiting.class);
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aMoveForgetsSetbacks() {
        // Given
        Run setBack = transitions.setBack(run, "down");

        // When
        Run moved = transitions.move(setBack, submitted());

        // Then
        assertThat(moved.setbacks()).isZero();
        assertThat(moved.lastError()).isNull();
    }

    @Test
    void anEndReturnsTheLease() {
        // Given
        leases.take(run);

        // When
        Run ended = transitions.move(stored(), planned().cancelled(now(), "not needed"));

        // Then
        assertThat(leases.held(FEED)).isEmpty();
        assertThat(ended.dueAt()).isNull();
    }

    @Test
    void anEventThatTheBusDoesNotConfirmStaysWithTheRun() {
        // Given
        fixture.bus.next(InMemoryEventBus.Fate.UNREACHED);

        // When
        Run moved = transitions.move(run, submitted());

        // Then
        assertThat(stored()).isEqualTo(moved);
        assertThat(moved.outbox()).extracting(CloudEvent::type).containsExactly("sluice.run.submitted");
        assertThat(moved.dueAt()).isEqualTo(now().plusSeconds(5));
    }

    @Test
    void anEventWhoseAnswerIsLostIsSentAgain() {
        // Given
        fixture.bus.next(InMemoryEventBus.Fate.ANSWER_LOST);
        Run moved = transitions.move(run, submitted());

        // When
        Run flushed = transitions.flush(moved);

        // Then
        assertThat(flushed.outbox()).isEmpty();
        assertThat(fixture.bus.taken().get(2)).isEqualTo(fixture.bus.taken().get(1));
    }

    @Test
    void eventsThatTheBusRefusesStayAndTheOthersGo() {
        // Given
        fixture.bus.refuse(event -> event.type().equals("sluice.run.submitted"));
        Run submitted = transitions.move(run, submitted());

        // When
        Run moved = transitions.move(submitted, ((RunState.Live) submitted.state()).cancelled(now(), "not needed"));

        // Then
        assertThat(moved.outbox()).extracting(CloudEvent::type).containsExactly("sluice.run.submitted");
        assertThat(moved.dueAt()).isEqualTo(now().plusSeconds(5));
        assertThat(fixture.events()).endsWith("sluice.run.cancelled");
    }

    @Test
    void aRunWithoutEventsIsNotWritten() {
        // When
        Run flushed = transitions.flush(run);

        // Then
        assertThat(flushed).isSameAs(run);
        assertThat(stored()).isEqualTo(run);
    }

    @Test
    void aRunThatMovesOnWhileItsEventsAreSentKeepsThem() {
        // Given
        fixture.bus.next(InMemoryEventBus.Fate.UNREACHED);
        Run submitted = transitions.move(run, submitted());
        fixture.bus.watch(new Calls<>() {
            private boolean isDone;

            @Override
            public void before(List<CloudEvent> call) {
                if (!isDone) {
                    isDone = true;
                    runs.save(submitted.due(now()));
                }
            }
        });

        // When
        Run flushed = transitions.flush(submitted);

        // Then
        assertThat(flushed.outbox()).isEmpty();
        assertThat(stored().outbox()).hasSize(1);
    }

    @Test
    void aMoveOfARunThatHasMovedOnIsStale() {
        // Given
        transitions.move(run, submitted());

        // When
        Throwable failure = catchThrowable(() -> transitions.move(run, planned().waiting(now(), "other")));

        // Then
        assertThat(failure).isInstanceOf(StaleRunException.class).hasMessageContaining(run.id());
        assertThat(stored().state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aMoveThatCannotBeStoredSendsNoEvent() {
        // Given
        fixture.failures.timeOutBefore(call -> call.kind() == TableCall.Kind.PUT);

        // When
        Throwable failure = catchThrowable(() -> transitions.move(run, submitted()));

        // Then
        assertThat(failure).isInstanceOf(StateException.class);
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aMoveWhoseAnswerIsLostKeepsItsEventForALaterLook() {
        // Given
        fixture.failures.timeOutAfter(call -> call.kind() == TableCall.Kind.PUT);

        // When
        Throwable failure = catchThrowable(() -> transitions.move(run, submitted()));

        // Then
        assertThat(failure).isInstanceOf(StateException.class);
        assertThat(stored().outbox()).hasSize(1);
        assertThat(stored().dueAt()).isEqualTo(now().plusSeconds(5));
    }

    @Test
    void aRepeatIsOneWriteThatKeepsTheLease() {
        // Given
        leases.take(run);
        Run submitted = transitions.move(stored(), submitted());

        // When
        Run repeated = transitions.repeat(submitted, new RunState.Failed(now(), RunExamples.PROBLEM));

        // Then
        assertThat(repeated.version()).isEqualTo(submitted.version() + 2);
        assertThat(repeated.state()).isEqualTo(new RunState.Planned(now()));
        assertThat(repeated.attempt()).isEqualTo(2);
        assertThat(repeated.plan()).isEqualTo(1);
        assertThat(repeated.history()).endsWith(new RunState.Failed(now(), RunExamples.PROBLEM));
        assertThat(leases.holder(FEED, DAY)).contains(repeated);
        assertThat(fixture.events()).endsWith("sluice.run.failed", "sluice.run.planned");
    }

    @Test
    void aSetbackIsStoredAndDueLater() {
        // When
        Run setBack = transitions.setBack(run, "down");

        // Then
        assertThat(stored()).isEqualTo(setBack);
        assertThat(setBack.setbacks()).isEqualTo(1);
        assertThat(setBack.lastError()).isEqualTo("down");
        assertThat(setBack.dueAt()).isAfter(now());
        assertThat(setBack.state()).isEqualTo(run.state());
    }

    @Test
    void aStepThatGoesWellEndsTheSetbacks() {
        // Given
        Run setBack = transitions.setBack(run, "down");

        // When
        Run postponed = transitions.postpone(setBack);

        // Then
        assertThat(stored()).isEqualTo(postponed);
        assertThat(postponed.setbacks()).isZero();
        assertThat(postponed.lastError()).isNull();
    }

    private Instant now() {
        return fixture.clock.instant();
    }

    private RunState.Planned planned() {
        return (RunState.Planned) run.state();
    }

    private RunState.Submitted submitted() {
        return planned().submitted(now(), run.taskId());
    }

    private Run stored() {
        return fixture.stored(run);
    }
}
