package sluice.platform.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Supervisors, rules and automatic compaction, over the HTTP APIs of overlord and coordinator. */
final class RestDatasourceSettings implements DatasourceSettings {

    private final RestConnection connection;

    RestDatasourceSettings(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public Optional<ObjectNode> supervisor(String id) {
        return connection
                .found("read supervisor", () -> connection.overlord().supervisor(id))
                .map(ObjectNode.class::cast)
                .map(connection.texts()::settings);
    }

    @Override
    public Optional<ObjectNode> latestSupervisor(String id) {
        return connection
                .found("read supervisor history", () -> connection.overlord().supervisorHistory(id))
                .flatMap(RestDatasourceSettings::newest)
                .map(connection.texts()::settings);
    }

    /** The history is newest first; a termination is an entry without a stream. */
    private static Optional<ObjectNode> newest(JsonNode history) {
        for (JsonNode entry : history) {
            if (entry.path("spec") instanceof ObjectNode spec
                    && !spec.path("type").asText().equals("NoopSupervisorSpec")) {
                return Optional.of(spec);
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<SupervisorStatus> supervisorStatus(String id) {
        return connection
                .found("read supervisor status", () -> connection.overlord().supervisorStatus(id))
                .map(connection.texts()::report)
                .map(SupervisorStatus::of);
    }

    @Override
    public Optional<String> postSupervisor(ObjectNode spec) {
        String resolved = connection.texts().resolved(spec.toString());
        return connection.refusal("post supervisor", () -> connection.overlord().postSupervisor(true, resolved));
    }

    @Override
    public void terminateSupervisor(String id) {
        connection.found("terminate supervisor", () -> connection.overlord().terminateSupervisor(id, "{}"));
    }

    @Override
    public ArrayNode rules(String datasource) {
        return connection
                .found("read rules", () -> connection.coordinator().rules(datasource, null))
                .map(ArrayNode.class::cast)
                .orElseGet(JsonNodeFactory.instance::arrayNode);
    }

    @Override
    public Optional<String> postRules(String datasource, ArrayNode rules, String author, String comment) {
        return connection.refusal(
                "post rules", () -> connection.coordinator().postRules(datasource, author, comment, rules.toString()));
    }

    @Override
    public boolean compactsBySupervisors() {
        return connection
                .call("read compaction config", () -> connection.overlord().compactionConfig())
                .json()
                .path("useSupervisors")
                .asBoolean();
    }

    @Override
    public Optional<ObjectNode> compaction(String datasource) {
        return connection
                .found("read compaction config", () -> connection.overlord().compactionConfig(datasource))
                .map(ObjectNode.class::cast);
    }

    @Override
    public Optional<String> postCompaction(String datasource, ObjectNode config, String author, String comment) {
        return connection.refusal(
                "post compaction config",
                () -> connection.overlord().postCompactionConfig(datasource, author, comment, config.toString()));
    }

    @Override
    public void deleteCompaction(String datasource, String author, String comment) {
        connection.found(
                "delete compaction config",
                () -> connection.overlord().deleteCompactionConfig(datasource, author, comment));
    }

    @Override
    public List<JsonNode> effectiveRules(String datasource) {
        List<JsonNode> rules = new ArrayList<>();
        connection
                .call("read rules", () -> connection.coordinator().rules(datasource, "true"))
                .json()
                .forEach(rules::add);
        return List.copyOf(rules);
    }

    @Override
    public Optional<JsonNode> supervisorCompactionStatus(String datasource) {
        return connection.found(
                "read compaction status", () -> connection.overlord().compactionStatus(datasource));
    }

    @Override
    public List<JsonNode> compactionStatus() {
        List<JsonNode> statuses = new ArrayList<>();
        connection
                .found("read compaction status", () -> connection.coordinator().compactionStatus())
                .ifPresent(answer -> answer.path("latestStatus").forEach(statuses::add));
        return List.copyOf(statuses);
    }
}
