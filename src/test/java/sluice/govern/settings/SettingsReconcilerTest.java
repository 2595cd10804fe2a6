package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.govern.settings.Reconciling.ALL;
import static sluice.govern.settings.Reconciling.COMPACTION;
import static sluice.govern.settings.Reconciling.RETENTION;
import static sluice.govern.settings.Reconciling.SOON;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definition;
import sluice.core.plan.SettingChange;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.govern.settings.Reconciliation.Watched;

/** What a version of a definition wants is posted to its clusters, refused, or removed from them. */
class SettingsReconcilerTest {

    private final Reconciling wiki = new Reconciling();
    private final GovernWorld world = wiki.world();
    private final Reconciliations reconciliations = wiki.reconciliations();

    @Test
    void aTickPostsWhatANewVersionWants() {
        // Given
        world.apply(ALL);

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.main().changes())
                .extracting(SettingChange::summary)
                .containsExactly("create rules wiki", "create compaction wiki", "create supervisor wiki");
        assertThat(wiki.main().compaction()).isEqualTo("coordinator");
        assertThat(wiki.main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.RUNNING);
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
        assertThat(world.druid().settings().compaction("wiki")).isPresent();
        assertThat(world.druid().settings().rules("wiki")).isNotEmpty();
        assertThat(world.events("sluice.definition.aligned")).hasSize(1);
    }

    @Test
    void anAttemptPostsAtOnce() {
        // Given
        world.apply(ALL);

        // When
        Reconciliation attempted = reconciliations.attempt("wiki").orElseThrow();

        // Then
        assertThat(attempted.phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
    }

    @Test
    void anAttemptForAnUnknownDatasourceFindsNothing() {
        assertThat(reconciliations.attempt("nobody")).isEmpty();
    }

    @Test
    void aDefinitionWithoutSettingsEndsSilently() {
        // Given
        world.apply(GovernWorld.text("wiki"));

        // When
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.current().clusters()).isEmpty();
        assertThat(world.events("sluice.definition.aligned")).isEmpty();
    }

    @Test
    void rulesStayWhereTheClustersOwnWouldEmptyTheDatasource() {
        // Given: the cluster drops what is older than a day, and this datasource has a day that is
        wiki.aligned(GovernWorld.text("wiki", RETENTION));
        world.upload("wiki", "2025-12-01", "a.json", 10).settle();
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "loadByPeriod").put("period", "P1D");
        rules.addObject().put("type", "dropForever");
        world.druid().clusterRules(rules);
        ArrayNode before = world.druid().settings().rules("wiki");

        // When: the definition loses its retention
        Definition without = world.read(GovernWorld.text("wiki"));
        List<SettingChange> planned = reconciliations.plan(world.druid(), without);
        world.apply(GovernWorld.text("wiki"));
        world.tickAfter(SOON);

        // Then
        assertThat(planned)
                .extracting(SettingChange::note)
                .singleElement()
                .asString()
                .contains("will not be posted", "would drop 100 %", "by the cluster's own rules");
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.main().problems()).singleElement().asString().contains("would drop 100 %");
        assertThat(world.druid().settings().rules("wiki")).isEqualTo(before);
    }

    @Test
    void rulesAreRemovedWhereNothingIsLost() {
        // Given
        wiki.aligned(GovernWorld.text("wiki", RETENTION));
        world.upload("wiki", "2025-12-01", "a.json", 10).settle();

        // When
        world.apply(GovernWorld.text("wiki"));
        world.tickAfter(SOON);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
    }

    @Test
    void whatDruidRefusesMisaligns() {
        // When
        wiki.aligning(GovernWorld.text("wiki", RETENTION, "compaction: {engine: msq}"));

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.main().problems())
                .singleElement()
                .asString()
                .startsWith("create compaction wiki: ")
                .contains("MSQ engine");
        assertThat(world.druid().settings().rules("wiki")).isNotEmpty();
    }

    @Test
    void anotherTopicUnderTheSameIdIsNotPosted() {
        // Given
        wiki.aligned(ALL);

        // When
        wiki.aligning(ALL.replace("topic: wiki", "topic: wiki2"));

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.main().problems())
                .singleElement()
                .asString()
                .startsWith("restart supervisor wiki: it would read kafka wiki2 instead of kafka wiki");
        assertThat(topic()).isEqualTo("wiki");
    }

    @Test
    void removingAStreamAndAddingItWithAnotherTopicDoesNotHelp() {
        // Given
        wiki.aligned(ALL);
        wiki.aligned(GovernWorld.text("wiki"));
        String other = ALL.replace("topic: wiki", "topic: wiki2");

        // When
        List<SettingChange> plan = reconciliations.plan(world.druid(), world.read(other));
        wiki.aligning(other);

        // Then
        assertThat(plan)
                .filteredOn(change -> change.kind().equals("supervisor"))
                .singleElement()
                .satisfies(change -> assertThat(change.note()).startsWith("will not be posted: it would read"));
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    @Test
    void aRollbackToACoarserGranularityRewritesNothingWithoutAConfirmation() {
        // Given
        String daily = GovernWorld.text("wiki", COMPACTION)
                .replace("queryGranularity: NONE, rollup: false", "queryGranularity: DAY, rollup: true");
        wiki.aligned(daily);
        wiki.aligned(daily.replace("DAY, rollup", "HOUR, rollup"));

        // When
        wiki.aligning(daily);
        Reconciliation misaligned = wiki.current();
        reconciliations.again(world.active("wiki"), "bob", true);
        world.tickAfter(SOON);

        // Then
        assertThat(misaligned.phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(misaligned.clusters().get(0).problems())
                .singleElement()
                .asString()
                .contains("it would rewrite history for good, because queryGranularity becomes DAY, and was HOUR");
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
    }

    @Test
    void theSameTopicMayBeAddedAgain() {
        // Given
        wiki.aligned(ALL);
        wiki.aligned(GovernWorld.text("wiki"));

        // When
        wiki.aligning(ALL);

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(topic()).isEqualTo("wiki");
    }

    @Test
    void anUnknownClusterIsAProblemAndBlocksNoOther() {
        // When
        wiki.aligning(ALL.replace("clusters: [main]", "clusters: [main, other]"));

        // Then
        assertThat(wiki.current().phase()).isEqualTo(Phase.MISALIGNED);
        assertThat(wiki.current().clusters())
                .filteredOn(cluster -> cluster.cluster().equals("other"))
                .singleElement()
                .satisfies(cluster ->
                        assertThat(cluster.problems()).containsExactly("the environment has no cluster other"));
        assertThat(world.druid().settings().supervisor("wiki")).isPresent();
    }

    @Test
    void settingsThatTheDefinitionDropsAreRemoved() {
        // Given
        wiki.aligned(ALL);

        // When
        wiki.aligning(GovernWorld.text("wiki"));

        // Then
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
        assertThat(world.druid().settings().compaction("wiki")).isEmpty();
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
        assertThat(wiki.current().phase()).isEqualTo(Phase.ALIGNED);
        assertThat(wiki.main().supervisors()).extracting(Watched::state).containsExactly(Watched.State.ENDED);
    }

    @Test
    void aPlanShowsChangesAndChangesNothing() {
        // Given
        world.druid().compactsBySupervisors(true);

        // When
        List<SettingChange> changes = reconciliations.plan(world.druid(), world.read(ALL));
        List<SettingChange> none = reconciliations.plan(world.druid(), world.read(GovernWorld.text("wiki")));

        // Then
        assertThat(changes)
                .extracting(SettingChange::summary)
                .containsExactly("create rules wiki", "create compaction wiki", "create supervisor wiki");
        assertThat(changes.get(1).note()).isEqualTo("the overlord compacts on this cluster");
        assertThat(none).isEmpty();
        assertThat(world.druid().settings().supervisor("wiki")).isEmpty();
    }

    private String topic() {
        return world.druid()
                .settings()
                .supervisor("wiki")
                .orElseThrow()
                .at("/spec/ioConfig/topic")
                .asText();
    }
}
