package sluice.entry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.DefinitionPlan.ClusterPlan;
import sluice.core.plan.DefinitionPlan.Preview;

/** Merges two plans of one definition for different objects. The spec is that of the first objects. */
final class MergedPlan {

    private static final int SHOWN = 5;

    private MergedPlan() {}

    static DefinitionPlan of(DefinitionPlan first, DefinitionPlan second) {
        Map<String, ClusterPlan> clusters = new LinkedHashMap<>();
        Stream.of(first, second)
                .flatMap(plan -> plan.clusters().stream())
                .forEach(cluster -> clusters.merge(cluster.cluster(), cluster, MergedPlan::of));
        return new DefinitionPlan(
                first.datasource(),
                first.changes().compareTo(second.changes()) > 0 ? first.changes() : second.changes(),
                first.activeVersion(),
                both(first.findings(), second.findings()),
                first.definition(),
                List.copyOf(clusters.values()));
    }

    private static ClusterPlan of(ClusterPlan first, ClusterPlan second) {
        return new ClusterPlan(
                first.cluster(),
                first.spec() == null ? second.spec() : first.spec(),
                both(first.specChanges(), second.specChanges()),
                first.settings() == null ? second.settings() : first.settings(),
                both(first.drift(), second.drift()),
                both(first.replaced(), second.replaced()),
                of(first.preview(), second.preview()),
                first.problem() == null ? second.problem() : first.problem());
    }

    private static @Nullable Preview of(@Nullable Preview first, @Nullable Preview second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return new Preview(
                first.read() + second.read(),
                first.stored() + second.stored(),
                few(first.rows(), second.rows()),
                few(first.errors(), second.errors()));
    }

    private static <T> List<T> both(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).distinct().toList();
    }

    private static <T> List<T> few(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all.subList(0, Math.min(SHOWN, all.size())));
    }
}
