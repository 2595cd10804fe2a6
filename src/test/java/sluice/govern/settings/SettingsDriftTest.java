package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.settings.Reconciling.ALL;
import static sluice.govern.settings.Reconciling.ILL;
import static sluice.govern.settings.Reconciling.NEXT_CHECK;
import static sluice.govern.settings.Reconciling.SOON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import sluice.core.plan.SettingChange;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.Phase;

/** Later checks find what has changed on a cluster since, report it once, and change nothing. */
class SettingsDriftTest {

    private final Reconciling wiki = new Reconciling();
    private final GovernWorld world = wiki.world();
    private final Reconciliations reconciliations = wiki.reconciliations();

    @Test
    void driftIsReportedOnceAndNothingIsChanged() {
        // Given
        wiki.aligned(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");

        // When
        world.tickAfter(NEXT_CHECK).tickAfter(NEXT_CHECK);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.DRIFTED);
        assertThat(wiki.main().changes())
                .filteredOn(SettingChange::changesCluster)
                .extracting(SettingChange::summary)
                .containsExactly("create compaction wiki");
        assertThat(world.druid().settings().compaction("wiki")).isEmpty();
        assertThat(world.events("sluice.definition.drifted")).hasSize(1);
    }

    @Test
    void applyingAgainRepairsDrift() {
        // Given
        wiki.aligned(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");
        world.tickAfter(NEXT_CHECK);

        // When
        reconciliations.again(world.active("wiki"), "bob");
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.current().author()).isEqualTo("bob");
        assertThat(world.druid().settings().compaction("wiki")).isPresent();
    }

    @Test
    void driftThatSomebodyRepairsEnds() {
        // Given
        wiki.aligned(ALL);
        ArrayNode rules = world.druid().settings().rules("wiki");
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        others.addObject().put("type", "dropForever");
        world.druid().settings().postRules("wiki", others, "somebody", "");
        world.tickAfter(NEXT_CHECK);
        assertThat(wiki.current().phase()).isEqualTo(Phase.DRIFTED);
        world.druid().settings().postRules("wiki", rules, "somebody", "");

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.events("sluice.definition.aligned")).hasSize(2);
    }

    @Test
    void anUnchangedClusterStaysAlignedWithoutEvents() {
        // Given
        wiki.aligned(ALL);

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.events("sluice.definition.aligned")).hasSize(1);
    }

    @Test
    void aMisalignedClusterThatDriftsStaysMisaligned() {
        // Given
        world.druid().supervisorStatus("wiki", ILL);
        wiki.aligning(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");

        // When
        world.tickAfter(NEXT_CHECK);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(world.events("sluice.definition.drifted")).isEmpty();
    }

    @Test
    void aCheckOfAClusterThatDoesNotRespondIsRepeated() {
        // Given
        wiki.aligned(ALL);
        world.druid().settings().deleteCompaction("wiki", "somebody", "");
        world.unavailable();
        world.tickAfter(NEXT_CHECK);
        Reconciliation waiting = wiki.current();

        // When
        world.availableAgain().tickAfter(SOON);

        // Then
        assertThat(waiting.phase()).isEqualTo(Phase.ALIGNED);
        assertThat(waiting.tries()).isEqualTo(1);
        assertThat(wiki.current().phase()).isEqualTo(Phase.DRIFTED);
    }

    @Test
    void aCheckThatSucceedsEndsTheCountOfFailedOnes() {
        // Given
        wiki.aligned(ALL);
        Reconciliation aligned = wiki.current();
        world.unavailable();
        world.tickAfter(NEXT_CHECK);

        // When
        world.availableAgain().tickAfter(SOON);

        // Then
        assertThat(wiki.current()).isEqualTo(aligned);
    }
}
