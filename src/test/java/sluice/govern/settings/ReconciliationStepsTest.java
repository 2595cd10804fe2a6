package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.settings.Reconciling.ALL;
import static sluice.govern.settings.Reconciling.SOON;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.ReconciliationStore.Stored;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.DruidCall;

/** A reconciliation is tried again while its cluster does not respond, and gives way to a newer one. */
class ReconciliationStepsTest {

    private final Reconciling wiki = new Reconciling();
    private final GovernWorld world = wiki.world();

    @Test
    void aClusterThatDoesNotRespondIsTriedAgainEverLater() {
        // Given
        world.unavailable();
        wiki.aligning(ALL);
        world.tickAfter(SOON);
        Reconciliation waiting = wiki.current();

        // When
        world.availableAgain().tickAfter(Duration.ofMinutes(10));

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.ALIGNING);
        assertThat(waiting.tries()).isEqualTo(2);
        assertThat(waiting.clusters().get(0).waiting()).contains("cluster main");
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.current().tries()).isZero();
    }

    @Test
    void anAnswerThatStaysUnexpectedIsARefusal() {
        // Given
        world.druid()
                .faults((call, subject) -> call == DruidCall.POST_SUPERVISOR
                        ? Optional.of(new CallFault.Refused(DruidException.Code.UNEXPECTED))
                        : Optional.empty());
        wiki.aligning(ALL);
        Reconciliation first = wiki.current();

        // When
        for (int tick = 0; tick < 12; tick++) {
            world.tickAfter(Duration.ofMinutes(5));
        }

        // Then
        assertThat(first.clusters()).extracting(OnCluster::waiting).doesNotContainNull();
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.main().problems()).singleElement().asString().contains("cluster main");
    }

    @Test
    void aReconciliationOfAnOlderActivationDoesNothing() {
        // Given
        world.apply(ALL);
        Stored older = world.bean(ReconciliationStore.class).find("wiki").orElseThrow();
        world.apply(GovernWorld.text("wiki"));

        // When
        world.bean(ReconciliationSteps.class).next(older);

        // Then
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    @Test
    void anOlderReadingWritesNothing() {
        // Given
        world.apply(ALL);
        ReconciliationStore store = world.bean(ReconciliationStore.class);
        Stored read = store.find("wiki").orElseThrow();
        assertThat(store.save(read, world.now(), List.of())).isPresent();

        // When, Then
        assertThat(store.save(read, null, List.of())).isEmpty();
    }
}
