package sluice.upkeep.freshness;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Makes the CloudEvents about freshness. */
@ApplicationScoped
class FreshnessEvents {

    private final EventSource source;
    private final ObjectMapper mapper;

    FreshnessEvents(EventSource source, ObjectMapper mapper) {
        this.source = source;
        this.mapper = mapper;
    }

    /**
     * Returns the event about a change, with the data {@code {cluster, datasource, freshness, staleAt, dataAt?, at}}. Its id
     * depends on the number of the change, so a repeated event is the same event.
     */
    CloudEvent changed(Freshness freshness, FreshnessState next, Instant now) {
        EventType type = next.stale() ? EventType.DATASOURCE_STALE : EventType.DATASOURCE_FRESH;
        String subject = freshness.cluster() + "/" + freshness.datasource();
        String name = subject + "/" + type.wireName() + "/" + next.version();
        ObjectNode data = mapper.createObjectNode()
                .put("cluster", freshness.cluster())
                .put("datasource", freshness.datasource())
                .put("freshness", freshness.limit().toString())
                .put("staleAt", freshness.staleAt().toString())
                .put("at", now.toString());
        Instant dataAt = freshness.dataAt();
        if (dataAt != null) {
            data.put("dataAt", dataAt.toString());
        }
        return CloudEvent.named(type, name, source.uri(), subject, now, data);
    }
}
