package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** What a cluster keeps for a datasource beside its data: supervisors, load and drop rules, automatic compaction. */
public interface DatasourceSettings {

    /** The supervisor as Druid returns it: all fields with their defaults, and some that it does not accept. */
    Optional<ObjectNode> supervisor(String id);

    /** How the supervisor is, or empty where there is none. */
    Optional<SupervisorStatus> supervisorStatus(String id);

    /**
     * Posts a supervisor. Posting is idempotent: an unchanged one goes on undisturbed ({@code skipRestartIfUnmodified}).
     *
     * @return why Druid refuses it, or empty
     */
    Optional<String> postSupervisor(ObjectNode spec);

    /** Ends a supervisor; its tasks publish what they have read. A missing one is no error. */
    void terminateSupervisor(String id);

    /** The datasource's own rules, empty where it has none and the cluster's apply. */
    ArrayNode rules(String datasource);

    /** The rules that the coordinator applies to a datasource, in their order: its own, then the cluster's. */
    List<JsonNode> effectiveRules(String datasource);

    /**
     * Sets the datasource's own rules; an empty list makes the cluster's apply.
     *
     * @param author for Druid's audit log
     * @param comment for Druid's audit log
     * @return why Druid refuses them, or empty
     */
    Optional<String> postRules(String datasource, ArrayNode rules, String author, String comment);

    /** Whether the overlord compacts, by supervisors; otherwise the coordinator does, by its duty. */
    boolean compactsBySupervisors();

    /** The datasource's automatic compaction, from whichever of the two compacts. */
    Optional<ObjectNode> compaction(String datasource);

    /**
     * How far automatic compaction is, one entry per datasource that has it, in Druid's words:
     * {@code {dataSource, scheduleStatus, bytesAwaitingCompaction, bytesCompacted, bytesSkipped, ...}}.
     */
    List<JsonNode> compactionStatus();

    /**
     * Sets the datasource's automatic compaction; the overlord passes it to whichever of the two compacts.
     *
     * @return why Druid refuses it, or empty
     */
    Optional<String> postCompaction(String datasource, ObjectNode config, String author, String comment);

    /** Ends the datasource's automatic compaction. A missing one is no error. */
    void deleteCompaction(String datasource, String author, String comment);
}
