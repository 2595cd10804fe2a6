package sluice.entry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.json.Change;
import sluice.core.json.Change.Kind;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.plan.DefinitionPlan.Preview;
import sluice.core.plan.DefinitionPlan.Replaced;
import sluice.core.plan.SettingChange;

class PlanTextTest {

    @Test
    void eachFileIsHeadedByItsOutcomeAndAllAreCounted() {
        String text = PlanText.of(List.of(
                file("a.yaml", plan("a", Changes.NONE, 3)),
                file("b.yaml", plan("b", Changes.PRESENT, null)),
                file("c.yaml", plan("c", Changes.PRESENT, 3)),
                file("d.yaml", plan(null, Changes.REFUSED, null))));

        assertThat(text)
                .isEqualTo(
                        """
                        a.yaml (a): no changes

                        b.yaml (b): would become active

                        c.yaml (c): would follow version 3

                        d.yaml: refused

                        Plan: 2 to apply, 1 without changes, 1 refused.
                        """);
    }

    @Test
    void changesOfADefinitionAreShownWithTheirSign() {
        DefinitionPlan plan = new DefinitionPlan(
                "a",
                Changes.PRESENT,
                1,
                List.of(),
                List.of(
                        new Change(Kind.ADDED, "/x", null, IntNode.valueOf(1)),
                        new Change(Kind.REMOVED, "/y", TextNode.valueOf("v".repeat(200)), null),
                        new Change(Kind.REPLACED, "/z", IntNode.valueOf(1), IntNode.valueOf(2))),
                List.of());

        assertThat(PlanText.of(List.of(file("a.yaml", plan))))
                .contains("  + /x: 1\n  - /y: \"" + "v".repeat(159) + "...\n  ~ /z: 1 -> 2\n");
    }

    @Test
    void aClusterShowsEverythingThatWouldHappenThere() {
        ClusterPlan cluster = new ClusterPlan(
                "main",
                null,
                List.of(new Change(Kind.ADDED, "/spec", null, IntNode.valueOf(1))),
                List.of(
                        new SettingChange("create", "rules", "a", false, List.of(), null, null),
                        new SettingChange(
                                "restart",
                                "supervisor",
                                "b",
                                true,
                                List.of(new Change(Kind.ADDED, "/spec/x", null, IntNode.valueOf(7))),
                                null,
                                "a note")),
                List.of(Finding.warning("SLU-0301", "/schema", "a column is gone", null, null)),
                List.of(new Replaced("2026-01-01/2026-01-02", 4, 500)),
                new Preview(
                        10, 8, List.of(JsonNodeFactory.instance.objectNode().put("page", "p")), List.of("a bad row")),
                "the broker did not respond");

        String text = PlanText.of(List.of(
                file("a.yaml", new DefinitionPlan("a", Changes.PRESENT, 1, List.of(), List.of(), List.of(cluster)))));

        assertThat(text)
                .contains("  Spec for cluster main:\n  + /spec: 1\n")
                .contains("a.yaml: warning SLU-0301 a column is gone  [/schema]\n")
                .contains("  Cluster main: create rules a\n")
                .contains("  Cluster main: restart supervisor b, its tasks are restarted: a note\n  + /spec/x: 7\n")
                .contains("  A run on cluster main replaces 2026-01-01/2026-01-02: 4 segments, 500 rows.\n")
                .contains(
                        "  Of 10 sampled rows 8 would be stored on cluster main, the first as:\n    {\"page\":\"p\"}\n")
                .contains("    unreadable: a bad row\n")
                .contains("  Cluster main: the broker did not respond\n");
    }

    private static FilePlan file(String name, DefinitionPlan plan) {
        return new FilePlan(new SourceFile(name, ""), plan);
    }

    private static DefinitionPlan plan(String datasource, Changes changes, Integer active) {
        return new DefinitionPlan(datasource, changes, active, List.of(), List.of(), List.of());
    }
}
