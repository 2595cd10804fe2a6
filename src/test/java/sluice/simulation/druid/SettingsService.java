package sluice.simulation.druid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import sluice.platform.druid.DatasourceSettings;
import sluice.platform.druid.SupervisorStatus;

/** Supervisors, rules and automatic compaction, returned as Druid returns them. It keeps them and acts on none. */
final class SettingsService implements DatasourceSettings {

    private static final Set<String> RULES = Set.of(
            "loadForever",
            "loadByInterval",
            "loadByPeriod",
            "dropForever",
            "dropByInterval",
            "dropByPeriod",
            "dropBeforeByPeriod",
            "broadcastForever",
            "broadcastByInterval",
            "broadcastByPeriod");
    private static final SupervisorStatus RUNNING = new SupervisorStatus("RUNNING", "RUNNING", true, List.of());
    private static final SupervisorStatus SUSPENDED = new SupervisorStatus("SUSPENDED", "SUSPENDED", true, List.of());

    private final Calls calls;
    private final Texts texts;
    private final Map<String, ObjectNode> supervisors = new TreeMap<>();
    private final Map<String, ObjectNode> latest = new TreeMap<>();
    private final Map<String, SupervisorStatus> statuses = new HashMap<>();
    private final Map<String, ArrayNode> rules = new TreeMap<>();
    private final Map<String, ObjectNode> compactions = new TreeMap<>();
    private final Map<String, JsonNode> compactionStatuses = new TreeMap<>();
    private ArrayNode clusterRules = NormalForm.clusterRules();
    private boolean compactsBySupervisors;

    SettingsService(Calls calls, Texts texts) {
        this.texts = texts;
        this.calls = calls;
    }

    void compactsBySupervisors(boolean does) {
        compactsBySupervisors = does;
    }

    /** The supervisor as it is stored. */
    JsonNode document(String id) {
        return supervisors.get(id);
    }

    boolean suspended(String id, boolean is) {
        supervisors.get(id).put("suspended", is);
        return is;
    }

    void clusterRules(ArrayNode changed) {
        clusterRules = NormalForm.rules(changed);
    }

    /** What Druid is to say of a supervisor from now on. */
    void status(String id, SupervisorStatus status) {
        statuses.put(id, status);
    }

    /** What Druid is to say of a datasource's compaction from now on. */
    void compactionStatus(String datasource, JsonNode status) {
        compactionStatuses.put(datasource, status);
    }

    @Override
    public Optional<ObjectNode> supervisor(String id) {
        return calls.call(DruidCall.SUPERVISOR, id, () -> Optional.ofNullable(supervisors.get(id))
                .map(ObjectNode::deepCopy)
                .map(texts::settings));
    }

    @Override
    public Optional<ObjectNode> latestSupervisor(String id) {
        return calls.call(DruidCall.SUPERVISOR, id, () -> Optional.ofNullable(latest.get(id))
                .map(ObjectNode::deepCopy)
                .map(texts::settings));
    }

    @Override
    public Optional<SupervisorStatus> supervisorStatus(String id) {
        return calls.call(DruidCall.SUPERVISOR, id, () -> Optional.ofNullable(supervisors.get(id))
                .map(spec -> statuses.getOrDefault(id, spec.path("suspended").asBoolean() ? SUSPENDED : RUNNING))
                .map(status -> new SupervisorStatus(
                        status.state(),
                        status.detailedState(),
                        status.healthy(),
                        status.errors().stream()
                                .map(error -> texts.hidden(error, supervisors.get(id)))
                                .toList(),
                        status.lag())));
    }

    @Override
    public Optional<String> postSupervisor(ObjectNode posted) {
        ObjectNode spec = (ObjectNode) TaskRefusal.read(texts.resolved(posted.toString()));
        JsonNode whole = spec.path("spec").isObject() ? spec.path("spec") : spec;
        String id = spec.path("id").asText(whole.at("/dataSchema/dataSource").asText());
        return calls.call(DruidCall.POST_SUPERVISOR, id, () -> {
            Optional<String> refusal =
                    texts.refusal(spec).or(() -> refusal(spec, whole).map(reason -> texts.hidden(reason, spec)));
            if (refusal.isEmpty()) {
                supervisors.put(id, NormalForm.supervisor(spec));
                latest.put(id, supervisors.get(id));
            }
            return refusal;
        });
    }

    private static Optional<String> refusal(JsonNode spec, JsonNode whole) {
        String type = spec.path("type").asText();
        if (!Set.of("kafka", "kinesis").contains(type)) {
            return Optional.of("Please make sure to load all the necessary extensions and jars with type '" + type
                    + "' on 'druid/overlord' service.");
        }
        if (whole.at("/dataSchema/dataSource").asText().isEmpty()) {
            return Optional.of("Cannot construct instance of a supervisor, problem: dataSchema");
        }
        JsonNode io = whole.path("ioConfig");
        if (type.equals("kafka") && !io.hasNonNull("topic") && !io.hasNonNull("topicPattern")) {
            return Optional.of("Either topic or topicPattern must be specified");
        }
        if (type.equals("kafka") && io.hasNonNull("topic") && io.hasNonNull("topicPattern")) {
            return Optional.of("Only one of topic or topicPattern can be specified");
        }
        if (type.equals("kafka") && !io.path("consumerProperties").hasNonNull("bootstrap.servers")) {
            return Optional.of("consumerProperties must contain entry for [bootstrap.servers]");
        }
        return Optional.empty();
    }

    @Override
    public void terminateSupervisor(String id) {
        calls.call(DruidCall.TERMINATE_SUPERVISOR, id, () -> {
            supervisors.remove(id);
            return id;
        });
    }

    @Override
    public ArrayNode rules(String datasource) {
        return calls.call(DruidCall.RULES, datasource, () -> own(datasource));
    }

    @Override
    public List<JsonNode> effectiveRules(String datasource) {
        return calls.call(DruidCall.RULES, datasource, () -> {
            List<JsonNode> all = new ArrayList<>();
            own(datasource).forEach(all::add);
            clusterRules.forEach(all::add);
            return List.copyOf(all);
        });
    }

    private ArrayNode own(String datasource) {
        return rules.getOrDefault(datasource, JsonNodeFactory.instance.arrayNode())
                .deepCopy();
    }

    @Override
    public Optional<String> postRules(String datasource, ArrayNode posted, String author, String comment) {
        return calls.call(DruidCall.POST_RULES, datasource, () -> {
            for (JsonNode rule : posted) {
                if (!RULES.contains(rule.path("type").asText())) {
                    return Optional.of(
                            "Could not resolve type id '" + rule.path("type").asText()
                                    + "' as a subtype of `org.apache.druid.server.coordinator.rules.Rule`");
                }
            }
            rules.put(datasource, NormalForm.rules(posted));
            return Optional.empty();
        });
    }

    @Override
    public boolean compactsBySupervisors() {
        return calls.call(DruidCall.COMPACTION, "", () -> compactsBySupervisors);
    }

    @Override
    public Optional<ObjectNode> compaction(String datasource) {
        return calls.call(DruidCall.COMPACTION, datasource, () -> Optional.ofNullable(compactions.get(datasource))
                .map(ObjectNode::deepCopy));
    }

    @Override
    public List<JsonNode> compactionStatus() {
        return calls.call(DruidCall.COMPACTION, "", () -> compactionStatuses.entrySet().stream()
                .filter(status -> !compactsBySupervisors && compactions.containsKey(status.getKey()))
                .map(Map.Entry::getValue)
                .toList());
    }

    @Override
    public Optional<JsonNode> supervisorCompactionStatus(String datasource) {
        return calls.call(
                DruidCall.COMPACTION,
                datasource,
                () -> compactsBySupervisors && compactions.containsKey(datasource)
                        ? Optional.ofNullable(compactionStatuses.get(datasource))
                        : Optional.empty());
    }

    @Override
    public Optional<String> postCompaction(String datasource, ObjectNode config, String author, String comment) {
        return calls.call(DruidCall.POST_COMPACTION, datasource, () -> {
            if (config.path("engine").asText("native").equals("msq") && !compactsBySupervisors) {
                return Optional.of("MSQ engine is supported only with supervisor-based compaction on the Overlord.");
            }
            compactions.put(datasource, NormalForm.compaction(config));
            return Optional.empty();
        });
    }

    @Override
    public void deleteCompaction(String datasource, String author, String comment) {
        calls.call(DruidCall.DELETE_COMPACTION, datasource, () -> {
            compactions.remove(datasource);
            return datasource;
        });
    }
}
