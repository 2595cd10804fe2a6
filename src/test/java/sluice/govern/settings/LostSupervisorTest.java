package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.settings.Reconciling.SOON;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.simulation.TableFailures;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** Druid stops a supervisor before it creates the next one, so a post may leave none (apache/druid #18827). */
class LostSupervisorTest {

    private static final String FIRST = text("taskCount: 1");
    private static final String SECOND = text("taskCount: 2");

    private final Reconciling wiki = new Reconciling();
    private final GovernWorld world = wiki.world();

    @Test
    void aSupervisorThatDruidLosesIsReplacedByTheLiveOne() {
        // Given
        wiki.aligned(FIRST);
        afterThePost(() -> world.druid().settings().terminateSupervisor("wiki"));

        // When
        wiki.aligning(SECOND);

        // Then
        assertThat(problems()).singleElement().asString().contains("does not have it", "the previous one is restored");
        assertThat(taskCount()).isEqualTo(1);
    }

    @Test
    void aSupervisorThatSomebodyTerminatedIsReplacedByTheOneOfTheLastVersion() {
        // Given
        wiki.aligned(FIRST);
        world.druid().settings().terminateSupervisor("wiki");
        afterThePost(() -> world.druid().settings().terminateSupervisor("wiki"));

        // When
        wiki.aligning(SECOND);

        // Then
        assertThat(problems()).singleElement().asString().contains("the previous one is restored");
        assertThat(taskCount()).isEqualTo(1);
    }

    @Test
    void aFirstSupervisorThatDruidLosesHasNoPredecessor() {
        // Given
        afterThePost(() -> world.druid().settings().terminateSupervisor("wiki"));

        // When
        wiki.aligning(FIRST);

        // Then
        assertThat(problems()).singleElement().asString().endsWith("does not have it");
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    @Test
    void aSupervisorThatDruidKeepsAgainstThePostIsAProblem() {
        // Given
        wiki.aligned(FIRST);
        ObjectNode before = SupervisorForm.postable(
                world.druid().settings().supervisor("wiki").orElseThrow());
        afterThePost(() -> world.druid().settings().postSupervisor(before));

        // When
        wiki.aligning(SECOND);

        // Then
        assertThat(problems()).singleElement().asString().contains("still has another one");
    }

    @Test
    void aSupervisorThatSurvivesItsTerminationIsAProblem() {
        // Given
        wiki.aligned(FIRST);
        ObjectNode before = SupervisorForm.postable(
                world.druid().settings().supervisor("wiki").orElseThrow());
        after(DruidCall.TERMINATE_SUPERVISOR, () -> world.druid().settings().postSupervisor(before));

        // When
        wiki.aligning(GovernWorld.text("wiki"));

        // Then
        assertThat(problems()).singleElement().asString().contains("still has the supervisor");
    }

    @Test
    void anAttemptThatFailsIsLeftToTheNextTick() {
        // Given
        world.apply(FIRST);
        TableFailures failures = new TableFailures().throttle(call -> true);
        world.world().table().observer(failures);

        // When
        Optional<Reconciliation> attempted = wiki.reconciliations().attempt("wiki");
        world.tickAfter(SOON);

        // Then
        assertThat(failures.isDone()).isTrue();
        assertThat(attempted).map(Reconciliation::phase).contains(Reconciliation.Phase.ALIGNING);
        assertThat(wiki.current().phase()).isEqualTo(Reconciliation.Phase.ALIGNED);
    }

    private static String text(String field) {
        return GovernWorld.text(
                "wiki",
                "stream: [{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"localhost:9092\"}, "
                        + field + "}]");
    }

    private void afterThePost(Runnable something) {
        after(DruidCall.POST_SUPERVISOR, something);
    }

    /** Does something once, before the first look at a supervisor after a call. */
    private void after(DruidCall awaited, Runnable something) {
        world.druid().faults(new CallFaults() {
            private boolean called;
            private boolean done;

            @Override
            public Optional<CallFault> next(DruidCall call, String subject) {
                if (called && !done && call == DruidCall.SUPERVISOR) {
                    done = true;
                    something.run();
                }
                called |= call == awaited;
                return Optional.empty();
            }
        });
    }

    private List<String> problems() {
        assertThat(wiki.current().phase()).isEqualTo(Reconciliation.Phase.MISALIGNED);
        return wiki.current().clusters().stream()
                .map(OnCluster::problems)
                .findFirst()
                .orElseThrow();
    }

    private int taskCount() {
        return world.druid()
                .settings()
                .supervisor("wiki")
                .orElseThrow()
                .at("/spec/ioConfig/taskCount")
                .asInt();
    }
}
