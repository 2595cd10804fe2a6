package sluice.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.json.Change;
import sluice.core.json.RowQuotes;

/**
 * What applying one definition would change.
 *
 * @param datasource null if the definition does not name it
 * @param changes the overall result
 * @param activeVersion number of the registry's active version; null if the registry has none
 * @param findings what is wrong with the definition, and with what is generated from it
 * @param definition the differences from the active definition; if there is none, everything is added
 * @param clusters the changes of each cluster
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefinitionPlan(
        @Nullable String datasource,
        Changes changes,
        @Nullable Integer activeVersion,
        List<Finding> findings,
        List<Change> definition,
        List<ClusterPlan> clusters) {

    /** Returns the plan without any content of files: neither rows nor Druid's words about them. */
    public DefinitionPlan withoutRows() {
        return new DefinitionPlan(
                datasource,
                changes,
                activeVersion,
                findings,
                definition,
                clusters.stream().map(ClusterPlan::withoutRows).toList());
    }

    /** The overall result of applying. */
    public enum Changes {
        /** The content is already active, and the clusters match it. */
        NONE,
        /** A version would be created, or a cluster's settings would change. */
        PRESENT,
        /** The definition has errors and would be refused. */
        REFUSED
    }

    /**
     * What the definition means for one cluster.
     *
     * @param spec the task generated for the sample objects, or for a hypothetical one without samples
     * @param specChanges the differences between that task and the one from the active definition, for the same
     *     objects
     * @param settings changes of supervisors, rules and compaction; null if the cluster did not respond
     * @param drift the differences from the columns of the live datasource and of the sample objects
     * @param replaced the current content of the sample's time chunks, which a run would replace
     * @param preview the sampler's result for the sample objects; null without samples
     * @param problem why the plan is incomplete; null if it is complete
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ClusterPlan(
            String cluster,
            @Nullable ObjectNode spec,
            List<Change> specChanges,
            @Nullable List<SettingChange> settings,
            List<Finding> drift,
            List<Replaced> replaced,
            @Nullable Preview preview,
            @Nullable String problem) {

        public static ClusterPlan of(String cluster, @Nullable String problem) {
            return new ClusterPlan(cluster, null, List.of(), null, List.of(), List.of(), null, problem);
        }

        public ClusterPlan withSettings(List<SettingChange> changes) {
            return new ClusterPlan(cluster, spec, specChanges, changes, drift, replaced, preview, problem);
        }

        ClusterPlan withoutRows() {
            Preview counts =
                    preview == null ? null : new Preview(preview.read(), preview.stored(), List.of(), List.of());
            String words = problem == null ? null : RowQuotes.cutSample(problem);
            return new ClusterPlan(cluster, spec, specChanges, settings, drift, replaced, counts, words);
        }

        public ClusterPlan withProblem(@Nullable String newProblem) {
            return new ClusterPlan(cluster, spec, specChanges, settings, drift, replaced, preview, newProblem);
        }

        public boolean changesSettings() {
            return settings != null && settings.stream().anyMatch(SettingChange::changesCluster);
        }
    }

    /** Segments and rows of a time chunk that a run would replace. */
    public record Replaced(String interval, long segments, long rows) {}

    /**
     * The first rows as they would be stored.
     *
     * @param read rows that the sampler read
     * @param stored rows that it would store, after filters and rollup
     * @param errors the first errors, in Druid's words
     */
    public record Preview(long read, long stored, List<JsonNode> rows, List<String> errors) {}
}
