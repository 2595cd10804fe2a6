package sluice.entry.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.FileFinding;
import sluice.core.json.Change;
import sluice.core.json.OneLine;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.Changes;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.plan.SettingChange;

/** Renders plans as text for a terminal. */
final class PlanText {

    private static final int LONGEST_VALUE = 160;

    private final StringBuilder text = new StringBuilder();

    private PlanText() {}

    static String of(List<FilePlan> plans) {
        PlanText report = new PlanText();
        plans.forEach(report::plan);
        report.line("Plan: " + count(plans, Changes.PRESENT) + " to apply, " + count(plans, Changes.NONE)
                + " without changes, " + count(plans, Changes.REFUSED) + " refused.");
        return report.text.toString();
    }

    private static long count(List<FilePlan> plans, Changes changes) {
        return plans.stream().filter(plan -> plan.plan().changes() == changes).count();
    }

    private void plan(FilePlan planned) {
        DefinitionPlan plan = planned.plan();
        String datasource = plan.datasource() == null ? "" : " (" + plan.datasource() + ")";
        line(planned.file().name() + datasource + ": "
                + switch (plan.changes()) {
                    case NONE -> "no changes";
                    case PRESENT ->
                        plan.activeVersion() == null
                                ? "would become active"
                                : "would follow version " + plan.activeVersion();
                    case REFUSED -> "refused";
                });
        plan.findings().forEach(finding -> TextReport.lines(
                        new FileFinding(planned.file().name(), finding))
                .forEach(this::line));
        if (plan.changes() == Changes.PRESENT) {
            plan.definition().forEach(this::change);
        }
        plan.clusters().forEach(cluster -> cluster(planned.file().name(), cluster));
        line("");
    }

    private void cluster(String file, ClusterPlan cluster) {
        if (!cluster.specChanges().isEmpty()) {
            line("  Spec for cluster " + cluster.cluster() + ":");
            cluster.specChanges().forEach(this::change);
        }
        cluster.drift().forEach(finding -> TextReport.lines(new FileFinding(file, finding))
                .forEach(this::line));
        if (cluster.settings() != null) {
            cluster.settings().forEach(setting -> setting(cluster.cluster(), setting));
        }
        cluster.replaced()
                .forEach(chunk -> line("  A run on cluster " + cluster.cluster() + " replaces " + chunk.interval()
                        + ": " + chunk.segments() + " segments, " + chunk.rows() + " rows."));
        if (cluster.preview() != null) {
            line("  Of " + cluster.preview().read() + " sampled rows "
                    + cluster.preview().stored() + " would be stored on cluster " + cluster.cluster()
                    + ", the first as:");
            cluster.preview().rows().forEach(row -> line("    " + row));
            cluster.preview().errors().forEach(error -> line("    unreadable: " + error));
        }
        if (cluster.problem() != null) {
            line("  Cluster " + cluster.cluster() + ": " + cluster.problem());
        }
    }

    private void setting(String cluster, SettingChange setting) {
        line("  Cluster " + cluster + ": " + setting.operation() + " " + setting.kind() + " " + setting.id()
                + (setting.restart() ? ", its tasks are restarted" : "")
                + (setting.note() == null ? "" : ": " + setting.note()));
        setting.changes().forEach(this::change);
    }

    private void change(Change change) {
        line(
                switch (change.kind()) {
                    case ADDED -> "  + " + change.pointer() + ": " + shortened(change.after());
                    case REMOVED -> "  - " + change.pointer() + ": " + shortened(change.before());
                    case REPLACED ->
                        "  ~ " + change.pointer() + ": " + shortened(change.before()) + " -> "
                                + shortened(change.after());
                });
    }

    private static String shortened(@Nullable Object value) {
        String written = String.valueOf(value);
        return written.length() <= LONGEST_VALUE ? written : written.substring(0, LONGEST_VALUE) + "...";
    }

    private void line(String line) {
        text.append(OneLine.of(line)).append('\n');
    }
}
