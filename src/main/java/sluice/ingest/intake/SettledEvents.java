package sluice.ingest.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventBus;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/**
 * Sends {@code sluice.batch.settled} for time chunks that have been quiet long enough. The event is repeated until the chunk
 * is planned. For the same arrivals it has the same id.
 */
@ApplicationScoped
public class SettledEvents {

    /** How long the planner has before the event is repeated. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final ChunkStore chunks;
    private final EventBus bus;
    private final EventSource source;
    private final ObjectMapper mapper;
    private final Clock clock;

    SettledEvents(ChunkStore chunks, EventBus bus, EventSource source, ObjectMapper mapper, Clock clock) {
        this.chunks = chunks;
        this.bus = bus;
        this.source = source;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** Sends the event. If the bus confirms it, the chunk is due again after a pause; else it stays due. */
    void send(ChunkId id, ChunkState state) {
        String name = id + "/" + state.generation();
        CloudEvent event = CloudEvent.of(
                EventType.BATCH_SETTLED,
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
                source.uri(),
                id.cluster() + "/" + id.datasource(),
                clock.instant(),
                mapper.valueToTree(new Settled(
                        id.cluster(),
                        id.datasource(),
                        id.chunk().start(),
                        id.chunk().end())));
        if (!bus.publish(List.of(event)).isEmpty()) {
            chunks.postpone(id, state, AGAIN);
        }
    }

    /** The data of the event. */
    @RegisterForReflection
    public record Settled(String cluster, String datasource, Instant chunkStart, Instant chunkEnd) {}
}
