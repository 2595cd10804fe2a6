package sluice.govern.plan;

import java.util.List;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.Definition;
import sluice.platform.druid.DruidCluster;
import sluice.platform.druid.DruidException;

/** Compares the Druid version that a cluster's specs are checked against with the one that the cluster answers. */
public final class VersionCheck {

    private VersionCheck() {}

    /** Returns a warning if they differ; nothing if the cluster does not respond. */
    public static List<Finding> of(Definition definition, DruidCluster cluster) {
        String answered;
        try {
            answered = cluster.version();
        } catch (DruidException exception) {
            return List.of();
        }
        String checked = cluster.contractVersion();
        if (answered.isEmpty() || answered.replaceFirst("[^0-9].*", "").equals(checked)) {
            return List.of();
        }
        String nearest = Contract.forCluster(answered).version();
        return List.of(Finding.warning(
                "SLU-0903",
                "/clusters/" + definition.clusters().indexOf(cluster.name()),
                "Specs of cluster '" + cluster.name() + "' are checked against Druid " + checked + ", and it answers "
                        + answered,
                "the contract of Druid " + nearest,
                nearest.equals(checked)
                        ? "there is no contract nearer to " + answered
                        : "set the cluster's DRUID_VERSION to auto, or to " + nearest));
    }
}
