package sluice.govern.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import sluice.core.batch.Batch;
import sluice.core.contract.Finding;
import sluice.core.contract.Severity;
import sluice.core.definition.Definition;
import sluice.govern.drift.DriftWatch;
import sluice.govern.drift.LiveColumns;
import sluice.platform.druid.DruidCluster;

/** Compares the columns of a definition with the existing ones. The result informs a plan and never refuses it. */
@ApplicationScoped
class DriftView {

    private final DriftWatch watch;

    DriftView(DriftWatch watch) {
        this.watch = watch;
    }

    /** Returns findings about the live datasource and, for a real batch, about its files. */
    List<Finding> of(DruidCluster cluster, Definition definition, Batch batch, ObjectNode spec, boolean isReal) {
        List<Finding> findings = new ArrayList<>(LiveColumns.compare(cluster, definition));
        if (isReal) {
            watch.compare(definition, batch, spec, cluster).forEach(finding -> findings.add(atMostWarning(finding)));
        }
        return List.copyOf(findings);
    }

    private static Finding atMostWarning(Finding finding) {
        return finding.severity() == Severity.ERROR
                ? Finding.warning(
                        finding.code(), finding.pointer(), finding.message(), finding.expected(), finding.suggestion())
                : finding;
    }
}
