package sluice.govern.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.rollback.Rollback;
import sluice.govern.rollback.Rollbacks;
import sluice.govern.settings.Reconciliation;
import sluice.govern.settings.Reconciliations;
import sluice.govern.streams.StreamOperation.Action;
import sluice.govern.streams.StreamOperation.Phase;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;

class StreamOperationsTest {

    private static final String TEXT = GovernWorld.text(
            "wiki",
            "stream: [{type: kafka, topic: edits, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]");

    private final GovernWorld world = new GovernWorld();
    private final StreamOperations operations = world.bean(StreamOperations.class);

    StreamOperationsTest() {
        world.druid().send("edits", "0", 100);
        world.druid().send("edits", "1", 50);
        world.apply(TEXT);
        world.tickAfter(Duration.ofMinutes(1));
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
    }

    @Test
    void suspendingWaitsForTasksAndStoresWhatTheyHavePublished() {
        // Given
        world.druid().streamPublishing(Duration.ofMinutes(2));
        world.druid().streams().status("wiki");

        // When
        operations.start(order(Action.SUSPEND, null));
        world.tickAfter(Duration.ofSeconds(1)).tickAfter(Duration.ofMinutes(1));
        StreamOperation publishing = newest();
        world.tickAfter(Duration.ofMinutes(2)).tickAfter(Duration.ofMinutes(1));

        // Then
        assertThat(publishing.phase()).isEqualTo(Phase.STOPPING);
        assertThat(publishing.tasks()).containsExactly("index_kafka_wiki_1");
        assertThat(newest().phase()).isEqualTo(Phase.DONE);
        assertThat(newest().before().offsets()).isEqualTo(Map.of("0", 100L, "1", 50L));
        assertThat(isSuspended()).isTrue();
    }

    /** Seen with a real Kafka: the task was between reading and publishing, and the stored offsets were those from before. */
    @Test
    void aTaskThatIsMissingForAMomentDoesNotCountAsEnded() {
        // Given
        operations.start(order(Action.SUSPEND, null));
        StreamOperation quiet = newest().quiet(newest().requestedAt());

        // When
        StreamOperation publishing = quiet.awaiting(List.of("index_kafka_wiki_1"));

        // Then
        assertThat(publishing.quietSince()).isNull();
    }

    @Test
    void whatABadVersionReadIsReadAgainFromTheOffsetsOfItsActivation() {
        // Given: since the watch looked, messages have come. Then a bad version takes over, and reads further
        world.pass(Duration.ofMinutes(2));
        world.druid().send("edits", "0", 7);
        world.apply(TEXT.replace("topic: edits", "topic: edits, taskCount: 2"));
        Instant takenOver = world.now();
        world.tickAfter(Duration.ofSeconds(10));
        world.druid().send("edits", "0", 40);
        world.tickAfter(Duration.ofMinutes(6));

        // When
        Rollback rollback = world.bean(Rollbacks.class)
                .start(world.active("wiki"), new Rollbacks.Order(null, true, "ada", "bad", List.of()));
        world.tickAfter(Duration.ofSeconds(10));

        // Then
        assertThat(rollback.streams())
                .containsExactly(new Rollback.StreamSpan("main", "wiki", takenOver, rollback.startedAt()));
        StreamPlan plan = operations.plan(
                new StreamOrder("wiki", "main", "wiki", Action.RESET, null, takenOver, "read again", "ada", null));
        assertThat(plan.target().offsets()).isEqualTo(Map.of("0", 107L, "1", 50L));
    }

    @Test
    void aRollbackWithoutDataNamesNoStreams() {
        // Given
        world.apply(TEXT.replace("topic: edits", "topic: edits, taskCount: 2"));

        // When
        Rollback rollback = world.bean(Rollbacks.class)
                .start(world.active("wiki"), new Rollbacks.Order(null, false, "ada", "bad", List.of()));

        // Then
        assertThat(rollback.streams()).isEmpty();
    }

    /** A stop may take 80 seconds. Calls that queue up behind it would meet the supervisor that took its place. */
    @Test
    void aCallThatTimesOutIsNotRepeatedAtOnce() {
        // Given
        List<String> calls = new ArrayList<>();
        world.druid().faults((call, subject) -> {
            if (call != DruidCall.MOVE_SUPERVISOR) {
                return Optional.empty();
            }
            calls.add(subject);
            return Optional.of(new CallFault.Refused(DruidException.Code.TIMED_OUT));
        });
        operations.start(order(Action.SUSPEND, null));

        // When
        for (int step = 0; step < 10; step++) {
            world.tickAfter(Duration.ofSeconds(10));
        }

        // Then
        assertThat(calls).hasSize(1);
        assertThat(newest().waiting()).isEqualTo("the supervisor is being suspended");

        // When
        world.tickAfter(Duration.ofMinutes(1));

        // Then
        assertThat(calls).hasSize(2);
    }

    @Test
    void resumingEndsWhenItRuns() {
        // Given
        done(Action.SUSPEND, null);

        // When
        StreamOperation resumed = done(Action.RESUME, null);

        // Then
        assertThat(resumed.phase()).isEqualTo(Phase.DONE);
        assertThat(isSuspended()).isFalse();
    }

    @Test
    void handingOffEndsWhenTheReadingTasksHaveEnded() {
        // Given
        world.druid().streams().status("wiki");

        // When
        StreamOperation handedOff = done(Action.HANDOFF, null);

        // Then
        assertThat(handedOff.phase()).isEqualTo(Phase.DONE);
        assertThat(handedOff.tasks()).containsExactly("index_kafka_wiki_1");
        assertThat(world.druid().streamOffsets("wiki")).isEqualTo(Map.of("0", 100L, "1", 50L));
    }

    @Test
    void aResetGoesBackToTheOffsetsOfAnEarlierOperation() {
        // Given
        StreamOperation suspended = done(Action.SUSPEND, null);
        done(Action.RESUME, null);
        world.druid().send("edits", "0", 7);
        done(Action.HANDOFF, null);

        // When
        StreamPlan plan = operations.plan(order(Action.RESET, suspended.number()));
        StreamOperation reset = done(Action.RESET, suspended.number());

        // Then
        assertThat(plan.partitions())
                .containsExactly(new StreamPlan.Move("0", 107, 100, 7, 0), new StreamPlan.Move("1", 50, 50, 0, 0));
        assertThat(plan.warnings()).singleElement().asString().startsWith("7 messages are read again");
        assertThat(reset.phase()).isEqualTo(Phase.DONE);
        assertThat(reset.before().offsets()).isEqualTo(Map.of("0", 107L, "1", 50L));
        assertThat(isSuspended()).isFalse();
        assertThat(world.druid()
                        .streams()
                        .status("wiki")
                        .orElseThrow()
                        .tasks()
                        .get(0)
                        .starting())
                .isEqualTo(Map.of("0", 100L, "1", 50L));
    }

    @Test
    void aResetLeavesASuspendedSupervisorSuspended() {
        // Given
        StreamOperation suspended = done(Action.SUSPEND, null);

        // When
        StreamOperation reset = done(Action.RESET, suspended.number());

        // Then
        assertThat(reset.phase()).isEqualTo(Phase.DONE);
        assertThat(isSuspended()).isTrue();
    }

    @Test
    void aResetToATimeTakesTheNewestOffsetsFromBefore() {
        // Given
        done(Action.SUSPEND, null);
        Instant between = world.now();
        done(Action.RESUME, null);
        world.druid().send("edits", "0", 7);
        world.pass(Duration.ofMinutes(1));
        done(Action.SUSPEND, null);

        // When
        StreamOperation reset = finished(operations.start(
                new StreamOrder("wiki", "main", "wiki", Action.RESET, null, between, "a bad deploy", "ada", null)));

        // Then
        assertThat(reset.phase()).isEqualTo(Phase.DONE);
        assertThat(world.druid().streamOffsets("wiki")).containsEntry("0", 100L);
    }

    @Test
    void aResetTakesAnotherTopicIntoForce() {
        // Given
        done(Action.SUSPEND, null);
        done(Action.RESUME, null);
        world.druid().send("edits2", "0", 9);
        world.apply(TEXT.replace("topic: edits", "topic: edits2"));
        world.tickAfter(Duration.ofMinutes(1));
        Reconciliation.Phase refused = phase();

        // When
        StreamPlan plan = operations.plan(order(Action.RESET, null));
        StreamOperation reset = done(Action.RESET, null);
        world.tickAfter(Duration.ofMinutes(16));

        // Then
        assertThat(refused).isEqualTo(Reconciliation.Phase.MISALIGNED);
        assertThat(plan.steps()).anyMatch(step -> step.contains("reads another topic"));
        assertThat(reset.phase()).isEqualTo(Phase.DONE);
        assertThat(reset.before().stream()).isEqualTo("edits");
        assertThat(reset.before().offsets()).isEqualTo(Map.of("0", 100L, "1", 50L));
        assertThat(world.druid().streams().status("wiki").orElseThrow().stream())
                .isEqualTo("edits2");
        done(Action.HANDOFF, null);
        assertThat(world.druid().streamOffsets("wiki")).isEqualTo(Map.of("0", 9L));
        assertThat(phase()).isEqualTo(Reconciliation.Phase.ALIGNED);
    }

    @Test
    void terminatingStoresTheOffsetsFirst() {
        // When
        StreamPlan plan = operations.plan(order(Action.TERMINATE, null));
        StreamOperation terminated = done(Action.TERMINATE, null);

        // Then
        assertThat(plan.warnings()).singleElement().asString().contains("the next apply creates the supervisor again");
        assertThat(terminated.phase()).isEqualTo(Phase.DONE);
        assertThat(terminated.before().offsets()).isEqualTo(Map.of("0", 100L, "1", 50L));
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    @Test
    void aRepeatedCallIsTheSameOperation() {
        // Given
        StreamOrder order = new StreamOrder("wiki", "main", "wiki", Action.SUSPEND, null, null, "test", "ada", "key");
        StreamOperation first = operations.start(order);
        finished(first);

        // When
        StreamOperation second = operations.start(order);

        // Then
        assertThat(second.number()).isEqualTo(first.number());
        assertThat(operations.history("main", "wiki", 10)).hasSize(1);
        assertThatThrownBy(() -> operations.start(
                        new StreamOrder("wiki", "main", "wiki", Action.RESUME, null, null, "test", "ada", "key")))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("belongs to another request");
    }

    @Test
    void oneOperationAtATime() {
        // Given
        operations.start(order(Action.SUSPEND, null));

        // When, Then
        assertThatThrownBy(() -> operations.start(order(Action.RESUME, null)))
                .isInstanceOf(StreamException.class)
                .hasMessage("operation 1 on the stream has not ended yet");
    }

    @Test
    void aSupervisorOfAnotherDatasourceIsNotFound() {
        assertThatThrownBy(() -> operations.start(
                        new StreamOrder("other", "main", "wiki", Action.SUSPEND, null, null, "test", "ada", null)))
                .isInstanceOf(StreamException.class)
                .hasMessageContaining("has no supervisor 'wiki' of datasource other");
    }

    @Test
    void aClusterThatDoesNotRespondIsWaitedForAndNotForEver() {
        // Given
        operations.start(order(Action.SUSPEND, null));
        world.druid()
                .faults((call, subject) -> call == DruidCall.MOVE_SUPERVISOR
                        ? Optional.of(new CallFault.Refused(DruidException.Code.UNEXPECTED))
                        : Optional.empty());

        // When
        world.tickAfter(Duration.ofMinutes(1));
        StreamOperation waiting = newest();
        world.tickAfter(Duration.ofHours(1));

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.STOPPING);
        assertThat(waiting.waiting()).contains("cluster main");
        assertThat(newest().phase()).isEqualTo(Phase.FAILED);
        assertThat(newest().problem()).startsWith("it did not end within PT1H");
    }

    private StreamOperation done(Action action, @Nullable Integer snapshot) {
        return finished(operations.start(order(action, snapshot)));
    }

    private StreamOperation finished(StreamOperation started) {
        for (int tick = 0; tick < 12 && !newest().isDone(); tick++) {
            world.tickAfter(Duration.ofSeconds(30));
        }
        assertThat(newest().number()).isEqualTo(started.number());
        return newest();
    }

    private StreamOperation newest() {
        return operations.history("main", "wiki", 1).get(0);
    }

    private boolean isSuspended() {
        return world.druid()
                .settings()
                .supervisor("wiki")
                .orElseThrow()
                .path("suspended")
                .asBoolean();
    }

    private Reconciliation.Phase phase() {
        return world.bean(Reconciliations.class).find("wiki").orElseThrow().phase();
    }

    private static StreamOrder order(Action action, @Nullable Integer snapshot) {
        return new StreamOrder("wiki", "main", "wiki", action, snapshot, null, "a test", "ada", null);
    }
}
