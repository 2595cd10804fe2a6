package sluice.govern.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sluice.core.plan.SettingChange;

/**
 * How far the clusters of a datasource match the settings of its active definition.
 *
 * @param datasource Druid's datasource
 * @param number number of the {@link sluice.govern.registry.Activation} that started it; 0 for a definition in a file
 * @param version number of the registry's version; null for a file
 * @param definitionHash hash of the definition
 * @param author the caller's identity; null for a file
 * @param startedAt when it started
 * @param phase the current step, or the result
 * @param clusters one entry per cluster
 * @param tries number of consecutive steps that failed because a cluster did not respond
 * @param endedAt when it ended; null until then
 * @param allowRewrite whether automatic compaction may rewrite history; null for no
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reconciliation(
        String datasource,
        int number,
        @Nullable Integer version,
        String definitionHash,
        @Nullable String author,
        Instant startedAt,
        Phase phase,
        List<OnCluster> clusters,
        int tries,
        @Nullable Instant endedAt,
        @Nullable Boolean allowRewrite) {

    public Reconciliation {
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

    /** The steps and results. */
    public enum Phase {
        /** Settings are being posted. */
        ALIGNING,
        /** Everything is posted. Supervisors are watched until they run, tasks of terminated ones until they end. */
        STARTING,
        /** The clusters match the definition, and supervisors run. */
        ALIGNED,
        /** Druid refused a setting, or a supervisor does not run. An apply tries again. */
        MISALIGNED,
        /** Somebody has changed a cluster's settings. An apply restores them. */
        DRIFTED
    }

    /**
     * The state of one cluster.
     *
     * @param cluster name of the cluster
     * @param compaction who compacts there, {@code coordinator} or {@code overlord}; null without compaction
     * @param changes what was changed; after drift, what would have to be
     * @param supervisors those of the definition and those that were terminated
     * @param problems what failed, and why
     * @param waiting why the step could not go on; null if it did
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OnCluster(
            String cluster,
            @Nullable String compaction,
            List<SettingChange> changes,
            List<Watched> supervisors,
            List<String> problems,
            @Nullable String waiting) {

        public OnCluster {
            changes = List.copyOf(changes);
            supervisors = List.copyOf(supervisors);
            problems = List.copyOf(problems);
        }

        static OnCluster waiting(String cluster, String why) {
            return new OnCluster(cluster, null, List.of(), List.of(), List.of(), why);
        }

        OnCluster with(List<SettingChange> newChanges, List<Watched> newSupervisors) {
            return new OnCluster(cluster, compaction, newChanges, newSupervisors, problems, null);
        }

        boolean isWrong() {
            return !problems.isEmpty()
                    || supervisors.stream().anyMatch(supervisor -> supervisor.state() == Watched.State.FAILED);
        }
    }

    /**
     * A watched supervisor.
     *
     * @param detailedState Druid's detailed state; null if unknown
     * @param reason why it does not run; null if it runs or starts
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Watched(String id, State state, @Nullable String detailedState, @Nullable String reason) {

        /** What is known of a watched supervisor. */
        public enum State {
            STARTING,
            RUNNING,
            SUSPENDED,
            FAILED,
            /** It was terminated, and its tasks still run. */
            ENDING,
            /** It was terminated, and none of its tasks runs. */
            ENDED
        }
    }

    boolean mayRewrite() {
        return Boolean.TRUE.equals(allowRewrite);
    }

    Reconciliation phase(Phase next, List<OnCluster> newClusters, @Nullable Instant newEnd) {
        return with(next, newClusters, 0, newEnd);
    }

    /** Returns a copy after a step that could go on and changed nothing. */
    Reconciliation unchanged() {
        return phase(phase, clusters, endedAt);
    }

    /** Returns a copy after a step that could not go on. */
    Reconciliation setBack(List<OnCluster> newClusters) {
        return with(phase, newClusters, tries + 1, endedAt);
    }

    private Reconciliation with(Phase next, List<OnCluster> newClusters, int newTries, @Nullable Instant newEnd) {
        return new Reconciliation(
                datasource,
                number,
                version,
                definitionHash,
                author,
                startedAt,
                next,
                newClusters,
                newTries,
                newEnd,
                allowRewrite);
    }
}
