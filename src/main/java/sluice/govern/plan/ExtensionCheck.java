package sluice.govern.plan;

import java.util.List;
import java.util.Set;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.core.spec.SpecPreview;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;

/**
 * Compares the extensions that a definition needs with those that a cluster says it loads. It asks the service at the cluster's
 * address: others may load more, so a missing one is a warning.
 */
public final class ExtensionCheck {

    private ExtensionCheck() {}

    /** Returns a warning for each type of an extension that is not loaded; nothing if the cluster does not respond. */
    public static List<Finding> of(Definition definition, DruidCluster cluster) {
        Set<String> loaded;
        try {
            loaded = cluster.extensions();
        } catch (DruidException exception) {
            return List.of();
        }
        if (loaded.isEmpty()) {
            return List.of();
        }
        Contract contract = cluster.contract();
        Set<Finding> anyway = Set.copyOf(SpecPreview.findings(definition, contract));
        return SpecPreview.findings(definition, contract.loading(loaded)).stream()
                .filter(finding -> !anyway.contains(finding))
                .map(finding -> Finding.warning(
                        "SLU-0905",
                        finding.pointer(),
                        "Cluster '" + cluster.name() + "': " + finding.message() + ", says the service at its address",
                        finding.expected(),
                        finding.suggestion()))
                .toList();
    }
}
