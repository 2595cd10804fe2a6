package sluice.govern.plan;

import java.util.Collection;
import sluice.core.contract.Finding;

/** The finding that a definition names a cluster that the environment does not have. */
public final class UnknownCluster {

    private UnknownCluster() {}

    /**
     * @param index of the name in the definition's {@code clusters}
     * @param known names of the environment's clusters
     */
    public static Finding finding(int index, String name, Collection<String> known) {
        return Finding.error(
                "SLU-0901",
                "/clusters/" + index,
                "The environment has no cluster '" + name + "'",
                "one of " + known,
                null);
    }
}
