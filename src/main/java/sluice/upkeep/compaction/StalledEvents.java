package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Events about automatic compaction that makes no progress. */
@ApplicationScoped
class StalledEvents {

    private final EventSource source;
    private final ObjectMapper mapper;

    StalledEvents(EventSource source, ObjectMapper mapper) {
        this.source = source;
        this.mapper = mapper;
    }

    /** Returns the same event, by its id, however often the same standstill is noticed. */
    CloudEvent stalled(String cluster, String datasource, JsonNode status, Progress progress, Instant now) {
        String name = cluster + "/" + datasource + "/stalled/" + progress.since();
        return CloudEvent.of(
                EventType.COMPACTION_STALLED,
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                source.uri(),
                cluster + "/" + datasource,
                now,
                mapper.createObjectNode()
                        .put("cluster", cluster)
                        .put("datasource", datasource)
                        .put("since", progress.since().toString())
                        .put("bytesAwaitingCompaction", Math.max(0, progress.awaiting()))
                        .put("bytesCompacted", progress.compacted())
                        .put("scheduleStatus", status.path("scheduleStatus").asText("NOT_LISTED")));
    }
}
