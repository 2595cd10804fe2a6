package sluice.govern.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import sluice.core.plan.SettingChange;
import sluice.govern.settings.Reconciliation.OnCluster;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Creates the CloudEvents about settings. An id is a hash of datasource, type and time. */
@ApplicationScoped
class SettingsEvents {

    private final ObjectMapper mapper;
    private final EventSource source;

    SettingsEvents(ObjectMapper mapper, EventSource source) {
        this.mapper = mapper;
        this.source = source;
    }

    /** Returns an event of the end of a reconciliation with the data {@code {datasource, activation, version?, definitionHash, startedAt, at, clusters}}. */
    CloudEvent ended(EventType type, Reconciliation reconciliation, Instant at) {
        ObjectNode data = data(reconciliation, at);
        data.put("startedAt", reconciliation.startedAt().toString());
        ArrayNode clusters = data.putArray("clusters");
        for (OnCluster onCluster : reconciliation.clusters()) {
            ObjectNode cluster = clusters.addObject().put("cluster", onCluster.cluster());
            cluster.set("changes", mapper.valueToTree(onCluster.changes()));
            cluster.set("supervisors", mapper.valueToTree(onCluster.supervisors()));
            cluster.set("problems", mapper.valueToTree(onCluster.problems()));
        }
        return event(type, reconciliation.datasource(), reconciliation.datasource(), at, data);
    }

    /** Returns an event with the data {@code {datasource, activation, version?, definitionHash, at, cluster, changes}}. */
    CloudEvent drifted(Reconciliation reconciliation, String cluster, List<SettingChange> changes, Instant at) {
        ObjectNode data = data(reconciliation, at).put("cluster", cluster);
        data.set("changes", mapper.valueToTree(changes));
        return event(
                EventType.DEFINITION_DRIFTED,
                reconciliation.datasource(),
                cluster + "/" + reconciliation.datasource(),
                at,
                data);
    }

    private ObjectNode data(Reconciliation reconciliation, Instant at) {
        ObjectNode data = mapper.createObjectNode()
                .put("datasource", reconciliation.datasource())
                .put("activation", reconciliation.number())
                .put("definitionHash", reconciliation.definitionHash())
                .put("at", at.toString());
        if (reconciliation.version() != null) {
            data.put("version", reconciliation.version());
        }
        return data;
    }

    private CloudEvent event(EventType type, String datasource, String subject, Instant at, ObjectNode data) {
        String name = subject + "/" + datasource + "/" + type.wireName() + "/" + at;
        return CloudEvent.named(type, name, source.uri(), subject, at, data);
    }
}
