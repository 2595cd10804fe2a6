package sluice.govern.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.S3Location;
import sluice.core.contract.ExtensionTypes;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.json.Change;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.plan.DefinitionPlan.Replaced;
import sluice.govern.GovernWorld;
import sluice.simulation.druid.DruidCall;
import sluice.simulation.druid.InputRows;
import sluice.simulation.world.World;

class DefinitionPlannerTest {

    private static final String TEXT = GovernWorld.text("wiki");
    private static final String ROW = "{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}";
    private static final S3Location SAMPLE = new S3Location(World.LANDING, "wiki/dt=2026-02-01/a.json");

    private final GovernWorld world = new GovernWorld().samples(ROW);
    private final DefinitionPlanner planner = world.bean(DefinitionPlanner.class);

    @Test
    void aTextThatIsNoDefinitionIsRefused() {
        // When
        DefinitionPlan plan = planner.plan("datasource: 7", List.of());

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.REFUSED);
        assertThat(plan.datasource()).isNull();
        assertThat(plan.findings()).isNotEmpty();
        assertThat(plan.clusters()).isEmpty();
        assertThat(Sarif.of(List.of(plan))).contains("definition.yaml");
    }

    @Test
    void aNewDefinitionShowsItsSpecAndWritesNothing() {
        // When
        DefinitionPlan plan = planner.plan(TEXT, List.of());

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.PRESENT);
        assertThat(plan.activeVersion()).isNull();
        assertThat(main(plan).spec().at("/spec/dataSchema/dataSource").asText()).isEqualTo("wiki");
        assertThat(main(plan).preview()).isNull();
        assertThat(world.registry().active("wiki")).isEmpty();
    }

    @Test
    void theActiveContentChangesNothing() {
        // Given
        world.apply(TEXT);

        // When
        DefinitionPlan plan = planner.plan(TEXT, List.of());

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.NONE);
        assertThat(plan.activeVersion()).isEqualTo(1);
        assertThat(plan.definition()).isEmpty();
    }

    @Test
    void theActiveContentOverADriftedClusterChangesItsSettings() {
        // Given
        String text = GovernWorld.text("wiki", "compaction: {engine: native}");
        world.apply(text);
        world.tickAfter(Duration.ofMinutes(1));
        Changes aligned = planner.plan(text, List.of()).changes();
        world.druid().settings().deleteCompaction("wiki", "somebody", "");

        // When
        DefinitionPlan plan = planner.plan(text, List.of());

        // Then
        assertThat(aligned).isEqualTo(Changes.NONE);
        assertThat(plan.changes()).isEqualTo(Changes.PRESENT);
        assertThat(main(plan).changesSettings()).isTrue();
    }

    @Test
    void aChangedDefinitionShowsDifferencesOfTextAndSpec() {
        // Given
        world.apply(TEXT);

        // When
        DefinitionPlan plan = planner.plan(TEXT.replace("[channel]", "[channel, page]"), List.of());

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.PRESENT);
        assertThat(plan.definition())
                .extracting(Change::pointer)
                .containsExactly("/schema/dimensionsSpec/dimensions/1");
        assertThat(main(plan).specChanges())
                .extracting(Change::pointer)
                .contains("/spec/dataSchema/dimensionsSpec/dimensions/1");
    }

    @Test
    void aCoarserGranularityThatCompactionWouldApplyToHistoryNeedsAConfirmation() {
        // Given
        world.druid()
                .others()
                .append("wiki", World.day("2026-02-01"), InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 5));
        world.druid().settle();
        String hourly = GovernWorld.text("wiki", "compaction: {engine: native}")
                .replace("queryGranularity: NONE, rollup: false", "queryGranularity: HOUR, rollup: true");
        String daily = hourly.replace("HOUR", "DAY");
        world.apply(hourly);

        // When
        DefinitionPlan refused = planner.plan(daily, List.of());
        DefinitionPlan confirmed = planner.plan(daily, List.of(), true);
        DefinitionPlan withoutCompaction = planner.plan(daily.replace("native", "none"), List.of());

        // Then
        assertThat(refused.changes()).isEqualTo(Changes.REFUSED);
        assertThat(refused.findings())
                .filteredOn(finding -> finding.code().equals("SLU-0917"))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("becomes DAY, and was HOUR", "cluster main has 1 time chunks with ");
        assertThat(confirmed.changes()).isEqualTo(Changes.PRESENT);
        assertThat(withoutCompaction.findings()).extracting(Finding::code).doesNotContain("SLU-0917");
    }

    @Test
    void switchingCompactionOnAsksAboutEveryEarlierVersion() {
        // Given
        String plain = GovernWorld.text("wiki");
        String rolledUp = plain.replace("queryGranularity: NONE, rollup: false", "queryGranularity: DAY, rollup: true");
        world.apply(plain);
        world.apply(rolledUp);

        // When
        DefinitionPlan plan = planner.plan(rolledUp + "compaction: {engine: native}\n", List.of());

        // Then
        assertThat(plan.findings())
                .filteredOn(finding -> finding.code().equals("SLU-0917"))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .contains("rollup is switched on");
    }

    @Test
    void anIncompatibleChangeIsRefused() {
        // Given
        world.apply(GovernWorld.text("wiki").replace("[channel]", "[channel, page]"));

        // When
        DefinitionPlan plan = planner.plan(GovernWorld.text("wiki", "compatibility: full"), List.of());

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.REFUSED);
        assertThat(plan.findings()).extracting(Finding::code).contains("SLU-0916");
        assertThat(Sarif.of(List.of(plan))).contains("SLU-0916", "wiki.yaml");
    }

    @Test
    void aClusterThatAnswersAnotherVersionIsAWarning() {
        // Given
        world.druid().contractVersion("37");

        // When
        DefinitionPlan other = planner.plan(TEXT, List.of());
        world.druid().contractVersion("33");
        DefinitionPlan same = planner.plan(TEXT, List.of());

        // Then
        assertThat(other.findings()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-0903");
            assertThat(finding.pointer()).isEqualTo("/clusters/0");
            assertThat(finding.message()).contains("checked against Druid 37", "answers 33.0.0");
        });
        assertThat(same.findings()).extracting(Finding::code).doesNotContain("SLU-0903");
    }

    @Test
    void anUnknownClusterIsRefused() {
        // When
        DefinitionPlan plan = planner.plan(TEXT.replace("[main]", "[main, other]"), List.of());

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.REFUSED);
        assertThat(plan.findings())
                .filteredOn(finding -> finding.code().equals("SLU-0901"))
                .extracting(Finding::pointer)
                .containsExactly("/clusters/1");
        assertThat(plan.clusters()).hasSize(1);
    }

    @Test
    void aSampleShowsItsRowsAndWhatItWouldReplace() {
        // Given
        world.apply(TEXT);
        world.pass(Duration.ofSeconds(10))
                .upload("wiki", "2026-02-01", "a.json", 10)
                .settle();

        // When
        DefinitionPlan plan = planner.plan(TEXT, List.of(SAMPLE));

        // Then
        assertThat(main(plan).problem()).isNull();
        assertThat(main(plan).replaced())
                .containsExactly(new Replaced(World.day("2026-02-01").interval(), 1, 10));
        assertThat(main(plan).preview().read()).isEqualTo(2);
        assertThat(main(plan).preview().stored()).isEqualTo(1);
        assertThat(main(plan).preview().rows()).hasSize(1);
        assertThat(main(plan).preview().errors()).containsExactly("not a row");
    }

    @Test
    void aSampleOfAnAppendingDefinitionReplacesNothing() {
        // Given
        String text = TEXT.replace("mode: replace", "mode: append");
        world.world().write(SAMPLE.key(), InputRows.at(Instant.parse("2026-02-01T03:00:00Z"), 3));

        // When
        DefinitionPlan plan = planner.plan(text, List.of(SAMPLE));

        // Then
        assertThat(main(plan).problem()).isNull();
        assertThat(main(plan).replaced()).isEmpty();
        assertThat(main(plan).preview()).isNotNull();
    }

    @Test
    void aSampleWithDriftInformsAndRefusesNothing() {
        // Given
        String text = GovernWorld.text("wiki", "drift: fail");
        world.apply(text);
        world.pass(Duration.ofSeconds(10))
                .upload("wiki", "2026-02-01", "a.json", 10)
                .settle();
        world.samples(ROW.replace("}", ", \"language\": \"de\"}"));

        // When
        DefinitionPlan plan = planner.plan(text, List.of(SAMPLE));

        // Then
        assertThat(main(plan).drift()).extracting(Finding::code).contains("SLU-0910");
        assertThat(Finding.anyError(main(plan).drift())).isFalse();
        assertThat(plan.changes()).isEqualTo(Changes.NONE);
    }

    @Test
    void aSampleThatTheDefinitionDoesNotReadIsAnError() {
        // When
        DefinitionPlan plan = planner.plan(TEXT, List.of(new S3Location(World.LANDING, "elsewhere/a.json")));

        // Then
        assertThat(plan.changes()).isEqualTo(Changes.REFUSED);
        assertThat(plan.findings()).extracting(Finding::code).contains("SLU-0902");
        assertThat(main(plan).problem()).isNotNull();
    }

    @Test
    void aClusterThatDoesNotRespondIsAProblemOfThePlan() {
        // Given
        world.unavailable();

        // When
        DefinitionPlan plan = planner.plan(GovernWorld.text("wiki", "compaction: {engine: native}"), List.of());

        // Then
        assertThat(main(plan).problem()).contains("cluster main");
        assertThat(main(plan).spec()).isNotNull();
        assertThat(main(plan).settings()).isNull();
    }

    @Test
    void aClusterWhoseColumnsAreUnknownStillShowsItsSpecAndSettings() {
        // Given
        world.unavailable(DruidCall.COLUMNS);

        // When
        DefinitionPlan plan = planner.plan(TEXT, List.of());

        // Then
        assertThat(main(plan).problem()).contains("COLUMNS");
        assertThat(main(plan).spec()).isNotNull();
        assertThat(main(plan).settings()).isEmpty();
    }

    @Test
    void aDefinitionWithoutABatchHasSettingsOnly() {
        // Given
        String stream = TEXT.substring(0, TEXT.indexOf("batch:"))
                + "stream: [{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"localhost:9092\"}}]\n";

        // When
        DefinitionPlan plan = planner.plan(stream, List.of());

        // Then
        assertThat(main(plan).spec()).isNull();
        assertThat(main(plan).settings()).hasSize(1);
    }

    private static ClusterPlan main(DefinitionPlan plan) {
        return plan.clusters().get(0);
    }

    /** Druid reads the spec and its task fails: nothing between says so. */
    @Test
    void aTypeOfAnExtensionThatTheClusterDoesNotLoadIsAWarning() {
        // Given
        String text = GovernWorld.text("wiki")
                .replace(
                        "{type: count, name: count}",
                        "{type: count, name: count}, {type: variance, name: v, fieldName: x}");
        world.druid().extensions("druid-s3-extensions");

        // When
        DefinitionPlan without = planner.plan(text, List.of());
        world.druid().extensions("druid-s3-extensions", "druid-stats");
        DefinitionPlan with = planner.plan(text, List.of());
        world.druid().extensions();
        DefinitionPlan unknown = planner.plan(text, List.of());

        // Then
        assertThat(without.changes()).isEqualTo(Changes.PRESENT);
        assertThat(without.findings()).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-0905");
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.pointer()).isEqualTo("/schema/metricsSpec/1");
            assertThat(finding.message()).contains("'main'", "druid-stats");
        });
        assertThat(with.findings()).extracting(Finding::code).doesNotContain("SLU-0905");
        assertThat(unknown.findings()).extracting(Finding::code).doesNotContain("SLU-0905");
    }

    @Test
    void aTypeOfAnExtensionOfTheirOwnIsAcceptedWhereItIsDeclared() {
        // Given
        String text = GovernWorld.text("wiki")
                .replace(
                        "  metricsSpec:",
                        "  transformSpec: {transforms: [{type: currentTimestamp, name: loaded_at, format: iso}]}\n  metricsSpec:");

        // When
        DefinitionPlan undeclared = planner.plan(text, List.of());
        world.druid()
                .extensionTypes(ExtensionTypes.of(
                        List.of(JsonNodeFactory.instance.objectNode().put("transform", "currentTimestamp"))));
        DefinitionPlan declared = planner.plan(text, List.of());

        // Then
        assertThat(undeclared.changes()).isEqualTo(Changes.REFUSED);
        assertThat(undeclared.findings())
                .anySatisfy(finding -> assertThat(finding.suggestion()).contains("transform: currentTimestamp"));
        assertThat(declared.changes()).isEqualTo(Changes.PRESENT);
        assertThat(declared.findings()).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
