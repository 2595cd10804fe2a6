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
import org.jspecify.annotations.Nullable;
import sluice.core.plan.SettingChange;
import sluice.core.plan.SettingsOperation;
import sluice.core.spec.GeneratedSupervisor;
import sluice.core.spec.SettingsMarks;
import sluice.platform.druid.DatasourceSettings;
import sluice.platform.druid.DruidCluster;
import sluice.platform.log.Log;

/** Reads and changes the settings of one datasource on one cluster. Every call is idempotent. */
final class ClusterSettings {

    private static final Log LOG = Log.of(ClusterSettings.class);

    private final DatasourceSettings druid;
    private final String cluster;
    private final String datasource;
    private final String author;
    private final String comment;

    /** @param comment for Druid's audit log, with the author */
    ClusterSettings(DruidCluster cluster, String datasource, @Nullable String author, @Nullable String comment) {
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
        Map<String, ObjectNode> former = new HashMap<>();
        desired.supervisors().stream()
                .map(GeneratedSupervisor::id)
                .filter(id -> !supervisors.containsKey(id))
                .forEach(id -> druid.latestSupervisor(id).ifPresent(last -> former.put(id, last)));
        ObjectNode compaction = druid.compaction(datasource).orElse(null);
        return new LiveSettings(
                supervisors,
                former,
                druid.rules(datasource),
                compaction,
                desired.compaction() != null && druid.compactsBySupervisors());
    }

    /**
     * Carries out an operation.
     *
     * @param lastGood the supervisor that Sluice posted last, in case Druid loses the live one
     * @return Druid's refusal; empty if the operation succeeded
     * @throws sluice.platform.druid.DruidException if Druid does not respond; the operation can be repeated
     */
    Optional<String> carryOut(SettingsOperation operation, Supplier<Optional<ObjectNode>> lastGood) {
        LOG.info(
                "Setting is compared",
                "cluster",
                cluster,
                "datasource",
                datasource,
                "operation",
                SettingChange.of(operation).summary());
        if (operation instanceof SettingsOperation.None) {
            return Optional.empty();
        }
        return switch (operation.setting().kind()) {
            case RULES -> druid.postRules(datasource, rules(operation.document()), author, comment);
            case COMPACTION -> compaction((ObjectNode) operation.document());
            case SUPERVISOR -> supervisor(operation, lastGood);
        };
    }

    private static ArrayNode rules(@Nullable JsonNode document) {
        return document == null ? JsonNodeFactory.instance.arrayNode() : (ArrayNode) document;
    }

    private Optional<String> compaction(@Nullable ObjectNode document) {
        if (document == null) {
            druid.deleteCompaction(datasource, author, comment);
            return Optional.empty();
        }
        return druid.postCompaction(datasource, document, author, comment);
    }

    private Optional<String> supervisor(SettingsOperation operation, Supplier<Optional<ObjectNode>> lastGood) {
        String id = operation.setting().id();
        ObjectNode document = (ObjectNode) operation.document();
        if (document == null) {
            druid.terminateSupervisor(id);
            return druid.supervisor(id).map(still -> "Druid still has the supervisor after it was terminated");
        }
        Optional<String> refusal = druid.postSupervisor(document);
        Optional<ObjectNode> there = druid.supervisor(id);
        if (there.isEmpty()) {
            // Druid stops the old supervisor before it creates the new one (apache/druid #18827).
            String why = refusal.orElse("Druid accepted the supervisor " + id + " and does not have it");
            return Optional.of(why
                    + Optional.ofNullable((ObjectNode) operation.live())
                            .map(SupervisorForm::postable)
                            .or(lastGood)
                            .map(this::putBack)
                            .orElse(""));
        }
        boolean isIt = SettingsMarks.specHash(there.get().path("context"))
                .equals(SettingsMarks.specHash(document.path("context")));
        return refusal.isPresent() || isIt
                ? refusal
                : Optional.of("Druid accepted the supervisor " + id + " and still has another one");
    }

    private String putBack(ObjectNode before) {
        return druid.postSupervisor(before)
                .map(refusal -> "; the previous one was refused too: " + refusal)
                .orElse("; the previous one is restored");
    }

    /** Replaces what an HTTP header cannot hold: everything but printable ASCII. */
    private static String header(@Nullable String text) {
        return text == null ? "sluice" : text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
