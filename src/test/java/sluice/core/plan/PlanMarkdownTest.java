package sluice.core.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.json.Change;
import sluice.core.json.Change.Kind;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.plan.DefinitionPlan.Preview;
import sluice.core.plan.DefinitionPlan.Replaced;

class PlanMarkdownTest {

    @Test
    void eachDefinitionIsHeadedByItsOutcome() {
        String text = PlanMarkdown.of(List.of(
                plan("a", Changes.NONE, 3, List.of()),
                plan("b", Changes.PRESENT, null, List.of()),
                plan("c", Changes.PRESENT, 3, List.of()),
                plan(null, Changes.REFUSED, null, List.of())));

        assertThat(text.lines().filter(line -> line.startsWith("#")))
                .containsExactly(
                        "### a: no changes",
                        "### b: would become active",
                        "### c: would follow version 3",
                        "### an unreadable definition: refused");
    }

    @Test
    void aFindingIsOneLineThatCannotBreakTheTable() {
        Finding finding = new Finding(
                "SLU-0006", Severity.ERROR, "/batch", 7, 1, "a <b>\nis | bold", "an object", "batch: {}", null);

        String text = PlanMarkdown.of(List.of(plan("a", Changes.REFUSED, null, List.of(finding))));

        assertThat(text)
                .contains(
                        "- **error** SLU-0006 `/batch` (line 7): a &lt;b> is \\| bold; expected: an object; batch: {}\n");
    }

    @Test
    void aFindingWithoutPlaceAndAdviceIsShort() {
        Finding finding = Finding.warning("SLU-0301", "/schema", "a column is gone", null, null);

        String text = PlanMarkdown.of(List.of(plan("a", Changes.REFUSED, null, List.of(finding))));

        assertThat(text).contains("- **warning** SLU-0301 `/schema`: a column is gone\n");
    }

    @Test
    void changesAreADiffWithShortenedValues() {
        DefinitionPlan plan = new DefinitionPlan(
                "a",
                Changes.PRESENT,
                1,
                List.of(),
                List.of(
                        new Change(Kind.REPLACED, "/x", IntNode.valueOf(1), IntNode.valueOf(2)),
                        new Change(Kind.ADDED, "/y", null, TextNode.valueOf("v".repeat(300))),
                        new Change(Kind.REMOVED, "/z", IntNode.valueOf(3), null)),
                List.of());

        assertThat(PlanMarkdown.of(List.of(plan)))
                .contains("**Definition**\n\n```diff\n- /x: 1\n+ /x: 2\n+ /y: \"" + "v".repeat(199)
                        + "...\n- /z: 3\n```\n");
    }

    @Test
    void aClusterShowsEverythingThatWouldHappenThere() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("type", "kafka");
        ClusterPlan cluster = new ClusterPlan(
                "main",
                JsonNodeFactory.instance.objectNode(),
                List.of(new Change(Kind.ADDED, "/spec", null, IntNode.valueOf(1))),
                List.of(
                        new SettingChange("create", "supervisor", "a", false, List.of(), document, null),
                        new SettingChange("restart", "supervisor", "b", true, List.of(), null, "a note")),
                List.of(Finding.warning("SLU-0301", "/schema", "a column is gone", null, null)),
                List.of(new Replaced("2026-01-01/2026-01-02", 4, 500)),
                new Preview(
                        10, 8, List.of(JsonNodeFactory.instance.objectNode().put("page", "p")), List.of("a <bad> row")),
                "the broker did not respond");

        String text = PlanMarkdown.of(
                List.of(new DefinitionPlan("a", Changes.PRESENT, 1, List.of(), List.of(), List.of(cluster))));

        assertThat(text)
                .contains("**Spec for cluster main**")
                .contains("Columns in cluster main:\n\n- **warning** SLU-0301")
                .contains("**Settings of cluster main**")
                .contains("- **create** supervisor `a`\n\n```json\n{\n  \"type\" : \"kafka\"\n}\n```")
                .contains("- **restart** supervisor `b`, its tasks are restarted: a note")
                .contains("A run replaces 2026-01-01/2026-01-02: 4 segments, 500 rows.")
                .contains(
                        "Of 10 sampled rows 8 would be stored, the first as:\n\n```json\n{\"page\":\"p\"}\n```\n- a &lt;bad> row")
                .contains("Cluster main: the broker did not respond");
    }

    @Test
    void aClusterWithoutChangesIsSilent() {
        ClusterPlan quiet = new ClusterPlan("main", null, List.of(), List.of(), List.of(), List.of(), null, null);

        String text = PlanMarkdown.of(
                List.of(new DefinitionPlan("a", Changes.NONE, 1, List.of(), List.of(), List.of(quiet))));

        assertThat(text).isEqualTo("### a: no changes\n\n");
    }

    private static DefinitionPlan plan(String datasource, Changes changes, Integer active, List<Finding> findings) {
        return new DefinitionPlan(datasource, changes, active, findings, List.of(), List.of());
    }

    /** Keys, names, messages and errors come from files of anybody. */
    @Test
    void whatOthersWroteIsShownAndDoesNothing() {
        // Given
        String hostile =
                "a\n```\n@acme/team #12 GH-12 ![x](https://tracker/x) <img src=x> **b** `c` ::error::d\r\u202e~~e~~";
        ObjectNode row = JsonNodeFactory.instance.objectNode().put(hostile, hostile);
        List<Change> changes = List.of(new Change(Kind.ADDED, "/" + hostile, null, row));
        Finding finding = Finding.error("SLU-0001", "/" + hostile, hostile, hostile, hostile);
        ClusterPlan cluster = new ClusterPlan(
                "main",
                null,
                changes,
                null,
                List.of(finding),
                List.of(),
                new Preview(1, 1, List.of(row), List.of(hostile)),
                hostile);

        // When
        String text = PlanMarkdown.of(List.of(
                new DefinitionPlan(hostile, Changes.PRESENT, null, List.of(finding), changes, List.of(cluster))));

        // Then
        List<String> outside = CommonMarkLines.outsideBlocks(text);
        assertThat(outside).hasSizeGreaterThan(5).allSatisfy(line -> assertThat(line)
                .matches("(|### .*|- .*|\\*\\*.*\\*\\*|Columns .*|Of 1 .*|Cluster main: .*)")
                .doesNotStartWith("- **b**"));
        assertThat(outside)
                .map(line -> line.replaceAll("(?<!\\\\)(`+).*?\\1", ""))
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain("@acme", "#12", "GH-12", "![", "<img", "**b**", "https://")
                        .doesNotContain("\u202e")
                        .doesNotContainPattern("(?<!\\\\)[\\[\\]]"));
    }
}
