package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** A datasource's settings on a cluster: supervisors, load and drop rules, automatic compaction. */
public interface DatasourceSettings {

    /** The supervisor as Druid returns it: all fields with their defaults, and some that it does not accept. */
    Optional<ObjectNode> supervisor(String id);

    /** The newest supervisor that was ever posted under the id, also if it was terminated since. */
    Optional<ObjectNode> latestSupervisor(String id);

    /** The status of the supervisor, or empty if there is none. */
    Optional<SupervisorStatus> supervisorStatus(String id);

    /**
     * Posts a supervisor. Posting is idempotent: Druid does not restart an unchanged one ({@code skipRestartIfUnmodified}).
     *
     * @return why Druid refuses it, or empty if it does not
     */
    Optional<String> postSupervisor(ObjectNode spec);

    /** Terminates a supervisor; its tasks publish what they have read. A missing one is not an error. */
    void terminateSupervisor(String id);

    /** The datasource's own rules. If it has none, the cluster's apply. */
    ArrayNode rules(String datasource);

    /** The rules that the coordinator applies to a datasource, in their order: its own, then the cluster's. */
    List<JsonNode> effectiveRules(String datasource);

    /** The cluster's rules, which the coordinator applies after a datasource's own. */
    default List<JsonNode> clusterRules(String datasource) {
        List<JsonNode> all = effectiveRules(datasource);
        return all.subList(Math.min(rules(datasource).size(), all.size()), all.size());
    }

    /**
     * Sets the datasource's own rules; an empty list makes the cluster's apply.
     *
     * @param author for Druid's audit log
     * @param comment for Druid's audit log
     * @return why Druid refuses them, or empty if it does not
     */
    Optional<String> postRules(String datasource, ArrayNode rules, String author, String comment);

    /** Returns true if the overlord compacts, with supervisors; otherwise a duty of the coordinator compacts. */
    boolean compactsBySupervisors();

    /** The datasource's automatic compaction, from whichever of the two compacts. */
    Optional<ObjectNode> compaction(String datasource);

    /**
     * The progress of the coordinator's automatic compaction, one entry per datasource that has it, as Druid returns it:
     * {@code {dataSource, scheduleStatus, bytesAwaitingCompaction, bytesCompacted, bytesSkipped, ...}}. Empty while the
     * overlord compacts.
     */
    List<JsonNode> compactionStatus();

    /** The progress of one datasource's compaction by the overlord; empty if it does not know any. */
    Optional<JsonNode> supervisorCompactionStatus(String datasource);

    /**
     * Sets the datasource's automatic compaction; the overlord passes it to whichever of the two compacts.
     *
     * @return why Druid refuses it, or empty if it does not
     */
    Optional<String> postCompaction(String datasource, ObjectNode config, String author, String comment);

    /** Deletes the datasource's automatic compaction. A missing one is not an error. */
    void deleteCompaction(String datasource, String author, String comment);
}
