package sluice.core.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.json.Change;
import sluice.core.json.OneLine;
import sluice.core.plan.DefinitionPlan.ClusterPlan;

/** Renders plans as Markdown, for a comment on a pull request. */
public final class PlanMarkdown {

    private static final int LONGEST_VALUE = 200;

    private final StringBuilder text = new StringBuilder();

    private PlanMarkdown() {}

    public static String of(List<DefinitionPlan> plans) {
        PlanMarkdown markdown = new PlanMarkdown();
        plans.forEach(markdown::plan);
        return markdown.text.toString();
    }

    private void plan(DefinitionPlan plan) {
        line("### " + (plan.datasource() == null ? "an unreadable definition" : Markdown.text(plan.datasource())) + ": "
                + switch (plan.changes()) {
                    case NONE -> "no changes";
                    case PRESENT ->
                        plan.activeVersion() == null
                                ? "would become active"
                                : "would follow version " + plan.activeVersion();
                    case REFUSED -> "refused";
                });
        line("");
        plan.findings().forEach(this::finding);
        changes("Definition", plan.definition());
        plan.clusters().forEach(this::cluster);
    }

    private void finding(Finding finding) {
        String code = finding.page() == null ? finding.code() : "[" + finding.code() + "](" + finding.page() + ")";
        line("- **" + finding.severity().name().toLowerCase(Locale.ROOT) + "** " + code + " "
                + Markdown.code(finding.pointer()) + (finding.line() == null ? "" : " (line " + finding.line() + ")")
                + ": "
                + Markdown.text(finding.message())
                + (finding.expected() == null ? "" : "; expected: " + Markdown.text(finding.expected()))
                + (finding.suggestion() == null ? "" : "; " + Markdown.text(finding.suggestion())));
    }

    private void changes(String title, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        line("");
        line("**" + title + "**");
        line("");
        StringBuilder lines = new StringBuilder();
        for (Change change : changes) {
            line(lines, "- ", change.pointer(), change.before());
            line(lines, "+ ", change.pointer(), change.after());
        }
        text.append(Markdown.block("diff", lines.toString()));
    }

    private static void line(StringBuilder lines, String sign, String pointer, @Nullable JsonNode value) {
        if (value != null) {
            lines.append(OneLine.of(sign + pointer + ": " + shortened(value.toString())))
                    .append('\n');
        }
    }

    private void cluster(ClusterPlan cluster) {
        changes("Spec for cluster " + cluster.cluster(), cluster.specChanges());
        if (!cluster.drift().isEmpty()) {
            line("\nColumns in cluster " + cluster.cluster() + ":\n");
            cluster.drift().forEach(this::finding);
        }
        settings(cluster);
        cluster.replaced()
                .forEach(chunk -> line("\nA run replaces " + chunk.interval() + ": " + chunk.segments() + " segments, "
                        + chunk.rows() + " rows."));
        if (cluster.preview() != null) {
            line("\nOf " + cluster.preview().read() + " sampled rows "
                    + cluster.preview().stored() + " would be stored, the first as:");
            line("");
            StringBuilder rows = new StringBuilder();
            cluster.preview().rows().forEach(row -> rows.append(OneLine.of(row.toString()))
                    .append('\n'));
            text.append(Markdown.block("json", rows.toString()));
            cluster.preview().errors().forEach(error -> line("- " + Markdown.text(error)));
        }
        if (cluster.problem() != null) {
            line("\nCluster " + cluster.cluster() + ": " + Markdown.text(cluster.problem()));
        }
    }

    private void settings(ClusterPlan cluster) {
        if (cluster.settings() == null || cluster.settings().isEmpty()) {
            return;
        }
        line("\n**Settings of cluster " + cluster.cluster() + "**");
        for (SettingChange change : cluster.settings()) {
            line("");
            line("- **" + change.operation() + "** " + change.kind() + " " + Markdown.code(change.id())
                    + (change.restart() ? ", its tasks are restarted" : "")
                    + (change.note() == null ? "" : ": " + Markdown.text(change.note())));
            if (change.document() != null) {
                line("");
                text.append(Markdown.block("json", change.document().toPrettyString() + "\n"));
            }
            changes("Live and wanted", change.changes());
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String shortened(String value) {
        return value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "...";
    }
}
