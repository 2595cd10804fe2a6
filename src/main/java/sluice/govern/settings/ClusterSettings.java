package sluice.govern.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import sluice.core.plan.SettingChange;
import sluice.core.plan.SettingsOperation;
import sluice.core.spec.SettingsMarks;
import sluice.platform.druid.DatasourceSettings;
import sluice.platform.druid.DruidCluster;

/** The settings of one datasource on one cluster: reads them and carries operations out. Every call can be repeated. */
final class ClusterSettings {

    private static final Logger LOG = Logger.getLogger(ClusterSettings.class);

    private final DatasourceSettings druid;
    private final String cluster;
    private final String datasource;
    private final String author;
    private final String comment;

    /** @param comment for Druid's audit log, with the author */
    ClusterSettings(DruidCluster cluster, String datasource, String author, String comment) {
        this.druid = cluster.settings();
        this.cluster = cluster.name();
        this.datasource = datasource;
        this.author = header(author);
        this.comment = header(comment);
    }

    LiveSettings read(DesiredSettings desired, ManagedSettings applied) {
        Set<String> ids = new TreeSet<>(applied.supervisors());
        ids.add(datasource);
        desired.supervisors().forEach(supervisor -> ids.add(supervisor.id()));
        Map<String, ObjectNode> supervisors = new HashMap<>();
        ids.forEach(id -> druid.supervisor(id).ifPresent(supervisor -> supervisors.put(id, supervisor)));
        ObjectNode compaction = druid.compaction(datasource).orElse(null);
        return new LiveSettings(
                supervisors,
                druid.rules(datasource),
                compaction,
                desired.compaction() != null && druid.compactsBySupervisors());
    }

    /**
     * Does it.
     *
     * @param lastGood the supervisor that Sluice had there before, should the one that is there get lost
     * @return why it could not be done, in Druid's words, or nothing
     * @throws sluice.platform.druid.DruidException when Druid gives no answer: do it again later
     */
    Optional<String> carryOut(SettingsOperation operation, Supplier<Optional<ObjectNode>> lastGood) {
        LOG.infof("Cluster %s: %s", cluster, SettingChange.of(operation).summary());
        if (operation instanceof SettingsOperation.None) {
            return Optional.empty();
        }
        return switch (operation.setting().kind()) {
            case RULES -> druid.postRules(datasource, rules(operation.document()), author, comment);
            case COMPACTION -> compaction((ObjectNode) operation.document());
            case SUPERVISOR -> supervisor(operation, lastGood);
        };
    }

    private static ArrayNode rules(JsonNode document) {
        return document == null ? JsonNodeFactory.instance.arrayNode() : (ArrayNode) document;
    }

    private Optional<String> compaction(ObjectNode document) {
        if (document == null) {
            druid.deleteCompaction(datasource, author, comment);
            return Optional.empty();
        }
        return druid.postCompaction(datasource, document, author, comment);
    }

    private Optional<String> supervisor(SettingsOperation operation, Supplier<Optional<ObjectNode>> lastGood) {
        String id = operation.setting().id();
        if (operation.document() == null) {
            druid.terminateSupervisor(id);
            return druid.supervisor(id).map(still -> "the supervisor is still there after it was terminated");
        }
        Optional<String> refusal = druid.postSupervisor((ObjectNode) operation.document());
        Optional<ObjectNode> there = druid.supervisor(id);
        if (there.isEmpty()) {
            // Druid stops the old one before it makes the new one (apache/druid #18827).
            String why = refusal.orElse("Druid has no supervisor " + id + " after it took it");
            return Optional.of(why
                    + Optional.ofNullable((ObjectNode) operation.live())
                            .map(SupervisorForm::postable)
                            .or(lastGood)
                            .map(this::putBack)
                            .orElse(""));
        }
        boolean isIt = SettingsMarks.specHash(there.get().path("context"))
                .equals(SettingsMarks.specHash(operation.document().path("context")));
        return refusal.isPresent() || isIt
                ? refusal
                : Optional.of("Druid took the supervisor " + id + " and still has another one");
    }

    private String putBack(ObjectNode before) {
        return druid.postSupervisor(before)
                .map(refusal -> "; the one before was refused too: " + refusal)
                .orElse("; the one before runs again");
    }

    /** HTTP headers hold printable ASCII. */
    private static String header(String text) {
        return text == null ? "sluice" : text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
