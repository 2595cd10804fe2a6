package sluice.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.json.Change;
import sluice.core.json.Change.Kind;
import sluice.core.plan.DefinitionPlan.ClusterPlan;

class SettingChangeTest {

    private static final Setting SUPERVISOR = new Setting(Setting.Kind.SUPERVISOR, "clicks");
    private static final Setting RULES = new Setting(Setting.Kind.RULES, "clicks");
    private static final ObjectNode DOCUMENT =
            JsonNodeFactory.instance.objectNode().put("password", "hunter2");
    private static final List<Change> CHANGES =
            List.of(new Change(Kind.REPLACED, "/password", TextNode.valueOf("a"), TextNode.valueOf("b")));
    private static final List<Change> HIDDEN =
            List.of(new Change(Kind.REPLACED, "/password", TextNode.valueOf("(hidden)"), TextNode.valueOf("(hidden)")));

    @Test
    void aNewSettingShowsItsDocumentWithoutSecrets() {
        SettingChange change = SettingChange.of(new SettingsOperation.Create(SUPERVISOR, DOCUMENT));

        assertThat(change.summary()).isEqualTo("create supervisor clicks");
        assertThat(change.document()).hasToString("{\"password\":\"(hidden)\"}");
        assertThat(change.restart()).isFalse();
        assertThat(change.changesCluster()).isTrue();
    }

    @Test
    void anUpdateShowsItsChangesWithoutSecrets() {
        SettingChange change = SettingChange.of(new SettingsOperation.Update(RULES, DOCUMENT, CHANGES));

        assertThat(change).isEqualTo(new SettingChange("update", "rules", "clicks", false, HIDDEN, null, null));
    }

    @Test
    void aRestartInterruptsTasks() {
        SettingChange change = SettingChange.of(new SettingsOperation.Restart(SUPERVISOR, DOCUMENT, CHANGES, DOCUMENT));

        assertThat(change).isEqualTo(new SettingChange("restart", "supervisor", "clicks", true, HIDDEN, null, null));
    }

    @Test
    void replacingOrRemovingInterruptsTasksOnlyOfASupervisor() {
        assertThat(SettingChange.of(new SettingsOperation.Replace(SUPERVISOR, DOCUMENT, CHANGES, DOCUMENT)))
                .matches(SettingChange::restart)
                .satisfies(change -> assertThat(change.note()).contains("takes it over"));
        assertThat(SettingChange.of(new SettingsOperation.Replace(RULES, DOCUMENT, CHANGES, DOCUMENT))
                        .restart())
                .isFalse();
        assertThat(SettingChange.of(new SettingsOperation.Remove(SUPERVISOR)))
                .isEqualTo(new SettingChange("remove", "supervisor", "clicks", true, List.of(), null, null));
        assertThat(SettingChange.of(new SettingsOperation.Remove(RULES)).restart())
                .isFalse();
    }

    @Test
    void nothingToDoChangesNothing() {
        SettingsOperation.None none = new SettingsOperation.None(RULES, "unchanged");

        assertThat(none.changesCluster()).isFalse();
        assertThat(none.document()).isNull();
        assertThat(none.live()).isNull();
        assertThat(SettingChange.of(none).changesCluster()).isFalse();
        assertThat(SettingChange.of(none).note()).isEqualTo("unchanged");
    }

    @Test
    void copiesDifferInOneRespect() {
        SettingChange change = SettingChange.of(new SettingsOperation.Create(SUPERVISOR, DOCUMENT));

        assertThat(change.noted("wait").note()).isEqualTo("wait");
        assertThat(change.noted("wait").withoutDocument())
                .isEqualTo(new SettingChange("create", "supervisor", "clicks", false, List.of(), null, "wait"));
    }

    @Test
    void aClusterPlanChangesSettingsIfOneOperationDoes() {
        ClusterPlan unknown = ClusterPlan.of("main", "the overlord did not respond");
        SettingChange none = SettingChange.of(new SettingsOperation.None(RULES, null));
        SettingChange remove = SettingChange.of(new SettingsOperation.Remove(RULES));

        assertThat(unknown.changesSettings()).isFalse();
        assertThat(unknown.withSettings(List.of(none)).changesSettings()).isFalse();
        assertThat(unknown.withSettings(List.of(none, remove)).changesSettings())
                .isTrue();
        assertThat(unknown.withProblem("other").problem()).isEqualTo("other");
    }
}
