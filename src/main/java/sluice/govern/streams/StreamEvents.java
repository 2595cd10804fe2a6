package sluice.govern.streams;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import sluice.core.contract.Finding;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Creates the CloudEvents about the health of streams. An id is a hash of stream, type and the time at which the state began. */
@ApplicationScoped
class StreamEvents {

    private final ObjectMapper mapper;
    private final EventSource source;

    StreamEvents(ObjectMapper mapper, EventSource source) {
        this.mapper = mapper;
        this.source = source;
    }

    /** Returns an event with the data {@code {cluster, datasource, supervisor, at, findings}}. */
    CloudEvent drifted(String cluster, String datasource, String supervisor, List<Finding> findings, Instant now) {
        String name = cluster + "/" + supervisor + "/" + EventType.STREAM_DRIFTED.wireName() + "/" + now;
        ObjectNode data = data(cluster, datasource, supervisor).put("at", now.toString());
        ArrayNode list = data.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("code", finding.code())
                .put("pointer", finding.pointer())
                .put("message", finding.message()));
        return event(EventType.STREAM_DRIFTED, name, cluster, datasource, now, data);
    }

    /** Returns an event with the data {@code {cluster, datasource, supervisor, at, partitions}}. */
    CloudEvent skipped(String cluster, String datasource, String supervisor, List<PassedOver> passedOver, Instant now) {
        ObjectNode data = data(cluster, datasource, supervisor).put("at", now.toString());
        ArrayNode partitions = data.putArray("partitions");
        passedOver.forEach(each -> partitions
                .addObject()
                .put("partition", each.partition())
                .put("from", each.from())
                .put("to", each.to())
                .put("messages", each.messages()));
        String name = cluster + "/" + supervisor + "/" + EventType.STREAM_SKIPPED.wireName() + "/" + partitions;
        return event(EventType.STREAM_SKIPPED, name, cluster, datasource, now, data);
    }

    /** Returns an event with the data {@code {cluster, datasource, supervisor, since, at, reason?, lag}}. */
    CloudEvent of(
            EventType type, String cluster, String datasource, String supervisor, StreamHealth health, Instant now) {
        String name = cluster + "/" + supervisor + "/" + type.wireName() + "/" + health.since();
        ObjectNode data = data(cluster, datasource, supervisor)
                .put("since", health.since().toString())
                .put("at", now.toString())
                .put("lag", health.lag());
        if (!health.reason().isEmpty()) {
            data.put("reason", health.reason());
        }
        return event(type, name, cluster, datasource, now, data);
    }

    private ObjectNode data(String cluster, String datasource, String supervisor) {
        return mapper.createObjectNode()
                .put("cluster", cluster)
                .put("datasource", datasource)
                .put("supervisor", supervisor);
    }

    /** @param name what the event's id is made of: the same news has the same id */
    private CloudEvent event(
            EventType type, String name, String cluster, String datasource, Instant now, ObjectNode data) {
        return CloudEvent.named(type, name, source.uri(), cluster + "/" + datasource, now, data);
    }
}
