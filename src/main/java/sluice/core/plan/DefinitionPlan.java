package sluice.core.plan;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.contract.Finding;
import sluice.core.json.Change;

/**
 * What applying one definition would change.
 *
 * @param datasource null where the definition does not tell
 * @param changes in a word
 * @param activeVersion number of the registry's active version, or null where the registry has none
 * @param findings what is wrong with the definition, and with what it makes
 * @param definition how it differs from the definition in force; all of it where none is
 * @param clusters what it means for each cluster
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DefinitionPlan(
        @Nullable String datasource,
        Changes changes,
        @Nullable Integer activeVersion,
        List<Finding> findings,
        List<Change> definition,
        List<ClusterPlan> clusters) {

    /** What applying would do, in a word. */
    public enum Changes {
        /** The content is in force already, and the clusters have what it wants. */
        NONE,
        /** A version would be made, or a cluster's settings would be changed. */
        PRESENT,
        /** The definition has errors and would be refused. */
        REFUSED
    }

    /**
     * What the definition means for one cluster.
     *
     * @param spec the task that it makes of the sample objects, or of an invented one where none were given
     * @param specChanges how that task differs from the one that the definition in force makes of the same objects
     * @param settings what would be done about supervisors, rules and compaction; null where the cluster gave no answer
     * @param drift how the columns differ from those of the live datasource and of the sample objects
     * @param replaced what the sample's time chunks hold now and would lose
     * @param preview what Druid's sampler made of the sample objects, or null where none were given
     * @param problem why some of it is missing, or null
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

        public static ClusterPlan of(String cluster, String problem) {
            return new ClusterPlan(cluster, null, List.of(), null, List.of(), List.of(), null, problem);
        }

        public ClusterPlan withSettings(List<SettingChange> changes) {
            return new ClusterPlan(cluster, spec, specChanges, changes, drift, replaced, preview, problem);
        }

        public ClusterPlan withProblem(String newProblem) {
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
     * @param stored rows that it made of them, after filters
     * @param errors the first errors, in Druid's words
     */
    public record Preview(long read, long stored, List<JsonNode> rows, List<String> errors) {}
}
