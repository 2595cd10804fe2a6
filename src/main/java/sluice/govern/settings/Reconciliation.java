package sluice.govern.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import sluice.core.plan.SettingChange;

/**
 * How far the clusters of a datasource have the settings that the definition in force wants.
 *
 * @param datasource Druid's datasource
 * @param number number of the {@link sluice.govern.registry.Activation} that it follows; 0 for a definition that lies in a file
 * @param version number of the registry's version, or null for a file
 * @param definitionHash hash of the definition
 * @param author who wanted it
 * @param startedAt since when it is being done
 * @param phase what is being done
 * @param clusters how each cluster is
 * @param tries how often in a row it could not go on because a cluster gave no answer
 * @param endedAt when all was done, or null
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Reconciliation(
        String datasource,
        int number,
        Integer version,
        String definitionHash,
        String author,
        Instant startedAt,
        Phase phase,
        List<OnCluster> clusters,
        int tries,
        Instant endedAt) {

    public Reconciliation {
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

    /** What is being done. */
    public enum Phase {
        /** Settings are being posted. */
        ALIGNING,
        /** All are posted; supervisors are watched until they run, and the tasks of terminated ones until they have ended. */
        STARTING,
        /** The clusters have what the definition wants, and supervisors run. */
        ALIGNED,
        /** Something was refused, or a supervisor does not run. An apply tries again. */
        MISALIGNED,
        /** Somebody has changed a cluster's settings since. An apply sets them right. */
        DRIFTED
    }

    /**
     * How one cluster is.
     *
     * @param cluster its name
     * @param compaction who compacts there, {@code coordinator} or {@code overlord}, or null where nobody is to
     * @param changes what was done; once drifted, what would have to be
     * @param supervisors those of the definition, and those that were terminated
     * @param problems what could not be done, and why
     * @param waiting why it could not go on, or null
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record OnCluster(
            String cluster,
            String compaction,
            List<SettingChange> changes,
            List<Watched> supervisors,
            List<String> problems,
            String waiting) {

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
     * A supervisor that is watched.
     *
     * @param detailedState Druid's word
     * @param reason why it does not run, or null
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Watched(String id, State state, String detailedState, String reason) {

        /** Where it has come to. */
        public enum State {
            STARTING,
            RUNNING,
            SUSPENDED,
            FAILED,
            /** It is terminated, and tasks of it still run. */
            ENDING,
            /** It is terminated, and no task of it runs any more. */
            ENDED
        }
    }

    Reconciliation phase(Phase next, List<OnCluster> newClusters, Instant newEnd) {
        return new Reconciliation(
                datasource, number, version, definitionHash, author, startedAt, next, newClusters, 0, newEnd);
    }

    /** Could not go on, for now. */
    Reconciliation setBack(List<OnCluster> newClusters) {
        return new Reconciliation(
                datasource, number, version, definitionHash, author, startedAt, phase, newClusters, tries + 1, null);
    }
}
