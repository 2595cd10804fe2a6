package sluice.core.plan;

import java.util.List;
import java.util.Locale;
import sluice.core.contract.Finding;
import sluice.core.json.Change;
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
        line("### " + (plan.datasource() == null ? "an unreadable definition" : plan.datasource()) + ": "
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
        line("- **" + finding.severity().name().toLowerCase(Locale.ROOT) + "** " + code + " `"
                + finding.pointer() + "`" + (finding.line() == null ? "" : " (line " + finding.line() + ")") + ": "
                + escaped(finding.message())
                + (finding.expected() == null ? "" : "; expected: " + escaped(finding.expected()))
                + (finding.suggestion() == null ? "" : "; " + escaped(finding.suggestion())));
    }

    private void changes(String title, List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        line("");
        line("**" + title + "**");
        line("");
        line("```diff");
        for (Change change : changes) {
            if (change.before() != null) {
                line("- " + change.pointer() + ": " + shortened(change.before().toString()));
            }
            if (change.after() != null) {
                line("+ " + change.pointer() + ": " + shortened(change.after().toString()));
            }
        }
        line("```");
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
            line("```json");
            cluster.preview().rows().forEach(row -> line(row.toString()));
            line("```");
            cluster.preview().errors().forEach(error -> line("- " + escaped(error)));
        }
        if (cluster.problem() != null) {
            line("\nCluster " + cluster.cluster() + ": " + escaped(cluster.problem()));
        }
    }

    private void settings(ClusterPlan cluster) {
        if (cluster.settings() == null || cluster.settings().isEmpty()) {
            return;
        }
        line("\n**Settings of cluster " + cluster.cluster() + "**");
        for (SettingChange change : cluster.settings()) {
            line("");
            line("- **" + change.operation() + "** " + change.kind() + " `" + change.id() + "`"
                    + (change.restart() ? ", its tasks are restarted" : "")
                    + (change.note() == null ? "" : ": " + escaped(change.note())));
            if (change.document() != null) {
                line("");
                line("```json");
                line(change.document().toPrettyString());
                line("```");
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

    private static String escaped(String value) {
        return value.replace("\n", " ").replace("|", "\\|").replace("<", "&lt;");
    }
}
