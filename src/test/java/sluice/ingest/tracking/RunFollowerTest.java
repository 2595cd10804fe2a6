package sluice.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.ingest.IngestFixture;
import sluice.ingest.intake.Intake;
import sluice.ingest.run.LeaseStore;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.DruidException;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.TableCall;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

class RunFollowerTest {

    private final IngestFixture fixture = new IngestFixture();
    private final RunFollower follower = fixture.bean(RunFollower.class);
    private final CountedCalls calls = new CountedCalls();

    @Test
    void anEventThatWasNotConfirmedIsSent() {
        // Given
        fixture.bus.next(InMemoryEventBus.Fate.UNREACHED);
        Run run = fixture.planned("replace", "a.json", 3);
        int waiting = run.outbox().size();

        // When
        tick();

        // Then
        assertThat(waiting).isEqualTo(1);
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
        assertThat(fixture.stored(run).outbox()).isEmpty();
        assertThat(fixture.stored(run).setbacks()).isZero();
    }

    @Test
    void theEventOfARunThatIsNotSubmittedIsRepeated() {
        // Given
        Run run = fixture.planned("replace", "a.json", 3);

        // When
        tick();

        // Then
        assertThat(fixture.events()).containsExactly("sluice.run.planned", "sluice.run.planned");
        assertThat(fixture.stored(run).setbacks()).isEqualTo(1);
    }

    @Test
    void aTaskIsFollowedToItsRowsInTwoTicks() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.druid.settle();
        tick();
        String afterOne = fixture.stored(run).state().label();

        // When
        tick();

        // Then
        assertThat(afterOne).isEqualTo("Succeeded");
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Available.class);
    }

    @Test
    void aClusterIsAskedOnceForAllItsTasks() {
        // Given
        inDruid("2026-01-01");
        inDruid("2026-01-02");
        inDruid("2026-01-03");
        fixture.druid.settle();
        fixture.druid.faults(calls);

        // When
        tick();

        // Then
        assertThat(fixture.runs()).allMatch(run -> run.state() instanceof RunState.Succeeded);
        assertThat(calls.of(DruidCall.STATUSES)).isEqualTo(1);
        assertThat(calls.of(DruidCall.TASK_TABLE)).isLessThanOrEqualTo(4);
    }

    @Test
    void aClusterWithoutTasksIsNotAskedForAny() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.druid.settle();
        tick();
        fixture.druid.faults(calls);

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Available.class);
        assertThat(calls.of(DruidCall.STATUSES)).isZero();
    }

    @Test
    void tasksThatRunAreNotLookedUpInTheTaskTable() {
        // Given
        inDruid("2026-01-01");
        fixture.druid.faults(calls);

        // When
        tick();

        // Then
        assertThat(fixture.run().state()).isInstanceOf(RunState.Running.class);
        assertThat(calls.of(DruidCall.TASK_TABLE)).isZero();
    }

    @Test
    void runsOfAClusterThatDoesNotAnswerStayDue() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.druid.faults(
                CallFaults.once(DruidCall.STATUSES, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).state()).isEqualTo(run.state());
        assertThat(fixture.stored(run).setbacks()).isEqualTo(1);
        assertThat(fixture.stored(run).lastError()).contains("STATUSES: refused");
        assertThat(fixture.stored(run).dueAt()).isAfter(fixture.clock.instant());
    }

    @Test
    void aRunOfWhichDruidSaysNothingStaysDue() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.druid.settle();
        fixture.druid.faults(CallFaults.once(DruidCall.REPORT, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).lastError()).contains("REPORT: refused");
    }

    @Test
    void aRunThatFailsHereDoesNotStopTheOthers() {
        // Given
        Run broken = inDruid("2026-01-01");
        Run run = inDruid("2026-01-02");
        fixture.druid.settle();
        fixture.table.remove(Key.segmentMark(broken.id(), 1));

        // When
        tick();

        // Then
        assertThat(fixture.stored(broken).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Succeeded.class);
    }

    @Test
    void aFailureOfTheTableDoesNotStopTheOthers() {
        // Given
        Run one = inDruid("2026-01-01");
        Run two = inDruid("2026-01-02");
        fixture.druid.settle();
        fixture.failures.throttle(call ->
                call.kind() == TableCall.Kind.GET && call.keys().get(0).pk().startsWith("rollback#"));

        // When
        tick();

        // Then
        assertThat(List.of(
                        fixture.stored(one).state().label(),
                        fixture.stored(two).state().label()))
                .containsExactlyInAnyOrder("Submitted", "Succeeded");
    }

    @Test
    void aRunThatAnotherFunctionMovesIsLeftToIt() {
        // Given
        Run run = inDruid("2026-01-01");
        List<Item> due = due();
        Run moved = fixture.succeeded(run);

        // When
        follower.handle(due, afterwards());

        // Then
        assertThat(fixture.stored(run)).isEqualTo(moved);
    }

    @Test
    void aRunThatAnotherFunctionMovesIsNotSetBack() {
        // Given
        Run run = inDruid("2026-01-01");
        List<Item> due = due();
        fixture.druid.settle();
        fixture.druid.faults((call, subject) -> {
            if (call != DruidCall.REPORT) {
                return Optional.empty();
            }
            fixture.succeeded(run);
            return Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE));
        });

        // When
        follower.handle(due, afterwards());

        // Then
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(fixture.stored(run).setbacks()).isZero();
    }

    @Test
    void noRunIsCheckedAfterTheDeadline() {
        // Given
        Run run = inDruid("2026-01-01");
        List<Item> due = due();

        // When
        follower.handle(due, fixture.clock.instant().minusSeconds(1));

        // Then
        assertThat(fixture.stored(run)).isEqualTo(run);
    }

    @Test
    void aRunThatThisVersionCannotReadIsPostponedAndDoesNotStopTheOthers() {
        // Given
        Run later = inDruid("2026-01-01");
        Run run = inDruid("2026-01-02");
        fixture.druid.settle();
        Item item = fixture.table.get(Key.run(later.id())).orElseThrow();
        fixture.table.put(item.with("body", item.text("body").orElseThrow().replace("\"Submitted\"", "\"Archived\"")));

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).state()).isInstanceOf(RunState.Succeeded.class);
        assertThat(fixture.table.get(Key.run(later.id())).orElseThrow().time(StateTable.DUE_AT))
                .hasValueSatisfying(due -> assertThat(due).isAfter(fixture.clock.instant()));
    }

    @Test
    void oneUnknownStatusAfterAnOutageIsNotTakenForALostTask() {
        // Given
        Run run = inDruid("2026-01-01");
        fixture.druid.faults((call, subject) -> call == DruidCall.STATUSES
                ? Optional.of(new CallFault.Refused(DruidException.Code.UNEXPECTED))
                : Optional.empty());
        for (int time = 0; time < 6; time++) {
            tick();
        }
        fixture.druid.faults(CallFaults.NONE);
        fixture.druid.forget(run.taskId());

        // When
        tick();

        // Then
        assertThat(fixture.stored(run).state()).isEqualTo(run.state());
        assertThat(fixture.stored(run).lastError()).contains("does not know task");
    }

    @Test
    void aRunThatHasEndedNeedsNoCheck() {
        // Given
        fixture.bus.refuse(event -> event.type().equals("sluice.run.available"));
        Run run = fixture.available(fixture.planned("replace", "a.json", 3));
        fixture.bus.refuse(event -> false);

        // When
        tick();

        // Then
        assertThat(fixture.events()).endsWith("sluice.run.available");
        assertThat(fixture.stored(run).dueAt()).isNull();
    }

    @Test
    void otherItemsArePassedOver() {
        // Given
        fixture.define(IngestFixture.definition("replace").batch("trigger", "{on: object, settle: PT1M}"));
        fixture.bean(Intake.class).arrived(fixture.notification(fixture.upload("a.json", 3)));

        // When
        tick();

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(fixture.bean(LeaseStore.class).held(FEED)).isEmpty();
    }

    /** Submits a run of a day. */
    private Run inDruid(String day) {
        return fixture.inDruid(IngestFixture.definition("append"), IngestFixture.day(day), "a.json", 3);
    }

    /** Lets time pass until everything is due, and follows it. */
    private void tick() {
        follower.handle(due(), afterwards());
    }

    private List<Item> due() {
        fixture.clock.advance(Duration.ofMinutes(10));
        return fixture.due();
    }

    private Instant afterwards() {
        return fixture.clock.instant().plusSeconds(45);
    }
}
