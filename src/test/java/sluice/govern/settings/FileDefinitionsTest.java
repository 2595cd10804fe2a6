package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.settings.Reconciling.COMPACTION;
import static sluice.govern.settings.Reconciling.RETENTION;
import static sluice.govern.settings.Reconciling.SOON;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.simulation.druid.DruidCall;

/** Definitions in files are reconciled as soon as their file exists or changes. */
class FileDefinitionsTest {

    private final Reconciling wiki = new Reconciling();
    private final GovernWorld world = wiki.world();
    private final Reconciliations reconciliations = wiki.reconciliations();

    @Test
    void aNewDefinitionFileIsReconciled() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION));

        // When
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.current().version()).isNull();
        assertThat(world.druid().settings().rules("wiki")).isNotEmpty();
    }

    @Test
    void aChangedDefinitionFileIsReconciledAgain() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION));
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION, COMPACTION));

        // When
        world.tickAfter(SOON).tickAfter(SOON);

        // Then
        assertThat(world.druid().settings().compaction("wiki")).isPresent();
    }

    @Test
    void aDefinitionFileWithoutSettingsIsNotReconciled() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki"));

        // When
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);

        // Then
        assertThat(reconciliations.find("wiki")).isEmpty();
    }

    @Test
    void aDefinitionFileThatDisappearsIsWaitedFor() {
        // Given
        world.world().define("wiki", GovernWorld.text("wiki", RETENTION));
        world.unavailable(DruidCall.RULES);
        world.tickAfter(SOON).tickAfter(SOON).tickAfter(SOON);
        world.world().define("wiki", "not a definition");

        // When
        world.availableAgain().tickAfter(Duration.ofMinutes(10));

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNING);
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
    }
}
