package sluice.platform.druid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What a cluster keeps for a datasource beside its data: supervisors, load and drop rules, automatic compaction. */
public final class DatasourceSettings {

    private final DruidCluster cluster;
    private final ClusterApis apis;

    DatasourceSettings(DruidCluster cluster, ClusterApis apis) {
        this.cluster = cluster;
        this.apis = apis;
    }

    /** The supervisor as Druid tells it: all fields with their defaults, and some that it does not take. */
    public Optional<ObjectNode> supervisor(String id) {
        return cluster.found("read supervisor", () -> apis.overlord().supervisor(id))
                .map(ObjectNode.class::cast);
    }

    public Optional<SupervisorStatus> supervisorStatus(String id) {
        return cluster.found("read supervisor status", () -> apis.overlord().supervisorStatus(id))
                .map(SupervisorStatus::of);
    }

    /**
     * Posts a supervisor; one that is the same goes on undisturbed ({@code skipRestartIfUnmodified}), so posting it again
     * is safe.
     *
     * @return why Druid refuses it, or nothing
     */
    public Optional<String> postSupervisor(ObjectNode spec) {
        return refusal(cluster.call("post supervisor", () -> apis.overlord().postSupervisor(true, spec.toString())));
    }

    /** Ends a supervisor; its tasks publish what they have read. One that is not there is no error. */
    public void terminateSupervisor(String id) {
        cluster.found("terminate supervisor", () -> apis.overlord().terminateSupervisor(id, "{}"));
    }

    /** The datasource's own rules, empty where it has none and the cluster's apply. */
    public ArrayNode rules(String datasource) {
        return cluster.found("read rules", () -> apis.coordinator().rules(datasource, null))
                .map(ArrayNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    /**
     * Sets the datasource's own rules; none to have the cluster's apply.
     *
     * @param author for Druid's audit log
     * @param comment for Druid's audit log
     * @return why Druid refuses them, or nothing
     */
    public Optional<String> postRules(String datasource, ArrayNode rules, String author, String comment) {
        return refusal(cluster.call(
                "post rules", () -> apis.coordinator().postRules(datasource, author, comment, rules.toString())));
    }

    /** Whether the overlord compacts, by supervisors; otherwise the coordinator does, by its duty. */
    public boolean compactsBySupervisors() {
        return cluster.call("read compaction config", apis.overlord()::compactionConfig)
                .json()
                .path("useSupervisors")
                .asBoolean();
    }

    /** The datasource's automatic compaction, from whichever of the two compacts. */
    public Optional<ObjectNode> compaction(String datasource) {
        return cluster.found("read compaction config", () -> apis.overlord().compactionConfig(datasource))
                .map(ObjectNode.class::cast);
    }

    /** Sets the datasource's automatic compaction; the overlord passes it to whichever of the two compacts. */
    public Optional<String> postCompaction(String datasource, ObjectNode config, String author, String comment) {
        return refusal(cluster.call("post compaction config", () -> apis.overlord()
                .postCompactionConfig(datasource, author, comment, config.toString())));
    }

    /** Ends the datasource's automatic compaction. Where there is none it is no error. */
    public void deleteCompaction(String datasource, String author, String comment) {
        cluster.found(
                "delete compaction config", () -> apis.overlord().deleteCompactionConfig(datasource, author, comment));
    }

    private static Optional<String> refusal(DruidAnswer answer) {
        if (answer.isRefusal()) {
            return Optional.of(answer.message());
        }
        answer.requireSuccess();
        return Optional.empty();
    }
}
