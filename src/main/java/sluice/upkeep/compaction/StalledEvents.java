package sluice.upkeep.compaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Makes the CloudEvents about Druid's automatic compaction. */
@ApplicationScoped
class StalledEvents {

    private final EventSource source;
    private final ObjectMapper mapper;

    StalledEvents(EventSource source, ObjectMapper mapper) {
        this.source = source;
        this.mapper = mapper;
    }

    /**
     * Returns the event about compaction without progress. Its id depends on when progress was last seen, so a repeated
     * event is the same event.
     *
     * @param status Druid's compaction status of the datasource; missing if Druid does not list it
     */
    CloudEvent stalled(String cluster, String datasource, JsonNode status, CompactionProgress progress, Instant now) {
        String name = cluster + "/" + datasource + "/stalled/" + progress.since();
        return CloudEvent.named(
                EventType.COMPACTION_STALLED,
                name,
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
