package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.json.Change;
import sluice.core.json.JsonDifference;
import sluice.core.json.Secrets;
import sluice.core.plan.Setting;
import sluice.core.plan.SettingChange;
import sluice.core.plan.SettingsOperation;
import sluice.core.spec.CompactionGenerator;
import sluice.core.spec.SettingsMarks;
import sluice.core.spec.SpecDefaults;

class SettingsPlannerTest {

    private static final ArrayNode NO_RULES = JsonNodeFactory.instance.arrayNode();
    private static final LiveSettings NOTHING = new LiveSettings(Map.of(), Map.of(), NO_RULES, null, false);
    private static final Definition DEFINITION = Definitions.of(Definitions.WIKIPEDIA);
    private static final DesiredSettings DESIRED = DesiredSettings.of(DEFINITION, SpecDefaults.STANDARD);

    @Test
    void whatIsNotThereIsCreated() {
        assertThat(plan(DESIRED, NOTHING, ManagedSettings.NOTHING))
                .extracting(SettingChange::summary)
                .containsExactly(
                        "create rules wikipedia", "create compaction wikipedia", "create supervisor wikipedia");
    }

    @Test
    void whatIsThereAsWantedIsLeftAlone() {
        assertThat(plan(DESIRED, live(), ManagedSettings.NOTHING))
                .extracting(SettingChange::operation)
                .containsExactly("none", "none", "none");
    }

    @Test
    void aSupervisorOfAnotherDatasourceIsNotReplacedWhateverItsId() {
        // Given
        ObjectNode foreign = DESIRED.supervisors().get(0).bound("h");
        foreign.withObject("/spec/dataSchema").put("dataSource", "payroll");
        LiveSettings live = new LiveSettings(
                Map.of("wikipedia", foreign, "payroll-2", foreign), Map.of(), DESIRED.rules(), compaction(), false);

        // When
        List<SettingChange> plan = plan(DESIRED, live, ManagedSettings.NOTHING);

        // Then
        assertThat(plan).extracting(SettingChange::operation).containsOnly("none");
        assertThat(plan.toString()).contains("feeds the datasource 'payroll' and is not replaced");
    }

    @Test
    void aRotatedSecretIsNamedAsSuch() {
        // Given
        ObjectNode wanted = DESIRED.supervisors().get(0).bound("h");
        String jaas = "user ${secret:KAFKA}";
        wanted.withObject("/spec/ioConfig/consumerProperties").put("sasl.jaas.config", jaas);
        ObjectNode live = wanted.deepCopy();
        live.withObject("/spec/ioConfig/consumerProperties").put("sasl.jaas.config", "user of-yesterday");
        List<Change> rotated = JsonDifference.between(live, wanted);
        Setting setting = new Setting(Setting.Kind.SUPERVISOR, "wikipedia");
        live.withObject("/spec/ioConfig").put("taskCount", 7);
        List<Change> more = JsonDifference.between(live, wanted);

        // When, Then
        assertThat(SupervisorForm.isRotation(new SettingsOperation.Restart(setting, wanted, rotated, live)))
                .isTrue();
        assertThat(SupervisorForm.isRotation(new SettingsOperation.Restart(setting, wanted, more, live)))
                .isFalse();
    }

    /** Teams that release all definitions together restarted every supervisor. */
    @Test
    void issue17707AnotherDefinitionWithTheSameSupervisorRestartsNothing() {
        // Given
        Definition other = Definitions.of(Definitions.WIKIPEDIA.replace("drift: fail", "drift: warn"));

        // When
        List<SettingChange> changes =
                plan(DesiredSettings.of(other, SpecDefaults.STANDARD), live(), ManagedSettings.NOTHING);

        // Then
        assertThat(other.hash()).isNotEqualTo(DEFINITION.hash());
        assertThat(changes).noneMatch(SettingChange::changesCluster);
    }

    @Test
    void issue18745TheAutoscalersNumberOfTasksIsCarriedOver() {
        // Given
        String scaled = Definitions.WIKIPEDIA.replace(
                "taskCount: 1", "autoScalerConfig: {enableTaskAutoScaler: true, taskCountMin: 1, taskCountMax: 8}");
        DesiredSettings before = DesiredSettings.of(Definitions.of(scaled), SpecDefaults.STANDARD);
        DesiredSettings after =
                DesiredSettings.of(Definitions.of(scaled.replace("Max: 8", "Max: 9")), SpecDefaults.STANDARD);
        ObjectNode live = before.supervisors().get(0).bound("h");
        live.withObject("/spec/ioConfig").put("taskCount", 5);
        LiveSettings there = new LiveSettings(Map.of("wikipedia", live), Map.of(), before.rules(), compaction(), false);

        // When
        List<SettingChange> same = plan(before, there, ManagedSettings.NOTHING);
        List<SettingsOperation> changed = SettingsPlanner.plan("wikipedia", after, there, ManagedSettings.NOTHING);

        // Then
        assertThat(same).noneMatch(SettingChange::changesCluster);
        assertThat(changed)
                .filteredOn(operation -> operation instanceof SettingsOperation.Restart)
                .singleElement()
                .satisfies(restart -> assertThat(restart.document()
                                .at("/spec/ioConfig/taskCount")
                                .asInt())
                        .isEqualTo(5));
    }

    @Test
    void whatSomebodySuspendedStaysSuspendedThroughAChange() {
        // Given
        ObjectNode live = DESIRED.supervisors().get(0).bound("h").put("suspended", true);
        live.withObject("/spec/ioConfig").put("taskDuration", "PT5M");
        LiveSettings there =
                new LiveSettings(Map.of("wikipedia", live), Map.of(), DESIRED.rules(), compaction(), false);

        // When
        List<SettingsOperation> operations = SettingsPlanner.plan("wikipedia", DESIRED, there, ManagedSettings.NOTHING);

        // Then
        assertThat(operations.get(2)).isInstanceOf(SettingsOperation.Restart.class);
        assertThat(operations.get(2).document().path("suspended").asBoolean()).isTrue();
    }

    @Test
    void whatSluiceMadeGoesAndWhatAPersonMadeStays() {
        // Given
        ObjectNode theirs = DESIRED.supervisors().get(0).bound("h");
        SettingsMarks.remove(theirs.withObject("/context"));
        ObjectNode ours = DESIRED.supervisors().get(0).bound("h");
        ObjectNode compaction = compaction();
        SettingsMarks.remove(compaction.withObject("/taskContext"));
        LiveSettings live = new LiveSettings(
                Map.of("wikipedia", theirs, "wikipedia_2", ours), Map.of(), DESIRED.rules(), compaction, false);
        ManagedSettings applied = ManagedSettings.all(DESIRED, 1);

        // When
        List<SettingChange> changes = plan(DesiredSettings.NOTHING, live, applied);

        // Then
        assertThat(changes)
                .extracting(SettingChange::summary)
                .containsExactlyInAnyOrder(
                        "remove rules wikipedia",
                        "none compaction wikipedia",
                        "none supervisor wikipedia",
                        "remove supervisor wikipedia_2");
        assertThat(changes)
                .filteredOn(change -> !change.changesCluster())
                .allSatisfy(change -> assertThat(change.note()).contains("not of Sluice's making"));
    }

    @Test
    void rulesThatAPersonChangedSinceAreNotRemoved() {
        // Given
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "dropForever");
        LiveSettings live = new LiveSettings(Map.of(), Map.of(), rules, null, false);

        // When
        List<SettingChange> changes = plan(DesiredSettings.NOTHING, live, ManagedSettings.all(DESIRED, 1));

        // Then
        assertThat(changes).extracting(SettingChange::summary).containsExactly("none rules wikipedia");
    }

    @Test
    void rulesOfAPersonsMakingAreNotedAndReplacedOnlyByADefinitionThatHasRetention() {
        // Given
        ArrayNode rules = JsonNodeFactory.instance.arrayNode();
        rules.addObject().put("type", "loadForever");
        LiveSettings live = new LiveSettings(Map.of(), Map.of(), rules, null, false);

        // When
        List<SettingChange> silent = plan(DesiredSettings.NOTHING, live, ManagedSettings.NOTHING);
        List<SettingChange> wanted = plan(DESIRED, live, ManagedSettings.NOTHING);

        // Then
        assertThat(silent).isEmpty();
        assertThat(wanted.get(0).summary()).isEqualTo("update rules wikipedia");
        assertThat(wanted.get(0).changes()).isNotEmpty();
    }

    @Test
    void secretsAreHiddenWhateverChanges() {
        // Given
        String secret = "org.apache.kafka.Plain password=hunter2";
        String text = Definitions.WIKIPEDIA.replace(
                "consumerProperties: {", "consumerProperties: {sasl.jaas.config: \"" + secret + "\", ");
        DesiredSettings desired = DesiredSettings.of(Definitions.of(text), SpecDefaults.STANDARD);

        // When
        List<SettingChange> created = plan(desired, NOTHING, ManagedSettings.NOTHING);
        List<SettingChange> changed = plan(desired, live(), ManagedSettings.NOTHING);

        // Then
        assertThat(created.toString() + changed).contains(Secrets.HIDDEN).doesNotContain("hunter2");
    }

    /** Otherwise the same drift would be told at every look. */
    @Test
    void aChangeIsTheSameAfterItWasStored() throws JsonProcessingException {
        // Given
        ObjectNode live = DESIRED.supervisors().get(0).bound("h");
        live.withObject("/spec/ioConfig").put("taskDuration", "PT5M").put("replicas", 2);
        LiveSettings there = new LiveSettings(Map.of("wikipedia", live), Map.of(), NO_RULES, null, false);
        List<SettingChange> changes = plan(DESIRED, there, ManagedSettings.NOTHING);

        // When
        JsonMapper mapper = JsonMapper.builder().build();
        List<SettingChange> read =
                mapper.readValue(mapper.writeValueAsString(changes), new TypeReference<List<SettingChange>>() {});

        // Then
        assertThat(read).isEqualTo(changes);
    }

    private static LiveSettings live() {
        return new LiveSettings(
                Map.of("wikipedia", DESIRED.supervisors().get(0).bound("h")),
                Map.of(),
                DESIRED.rules(),
                compaction(),
                false);
    }

    private static ObjectNode compaction() {
        return CompactionGenerator.bound(DESIRED.compaction(), "h");
    }

    private static List<SettingChange> plan(DesiredSettings desired, LiveSettings live, ManagedSettings applied) {
        return SettingsPlanner.plan("wikipedia", desired, live, applied).stream()
                .map(SettingChange::of)
                .toList();
    }
}
