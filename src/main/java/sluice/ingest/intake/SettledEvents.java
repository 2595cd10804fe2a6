package sluice.ingest.intake;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sluice.ingest.intake.ChunkWaking.Waiting;
import sluice.ingest.run.ParallelExecutor;
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

    /** How long the planner has at least before the event is repeated. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);

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

    /**
     * Sends the events of some chunks in one call, if the bus takes so many. A chunk whose event the bus confirms is due again
     * after a pause that grows with the time it has waited; the others stay due.
     */
    void send(List<Waiting> waiting, ParallelExecutor workers) {
        Map<String, Waiting> byEvent = new LinkedHashMap<>();
        List<CloudEvent> events = new ArrayList<>();
        for (Waiting chunk : waiting) {
            CloudEvent event = event(chunk.id(), chunk.state());
            byEvent.put(event.id(), chunk);
            events.add(event);
        }
        List<Waiting> sent = bus.publish(events).stream()
                .flatMap(id -> Optional.ofNullable(byEvent.get(id)).stream())
                .toList();
        Instant now = clock.instant();
        workers.each(
                sent,
                chunk ->
                        chunks.postpone(chunk.id(), chunk.state(), chunk.state().pause(now, SHORTEST_PAUSE)));
    }

    private CloudEvent event(ChunkId id, ChunkState state) {
        String name = id + "/" + state.generation();
        return CloudEvent.named(
                EventType.BATCH_SETTLED,
                name,
                source.uri(),
                id.cluster() + "/" + id.datasource(),
                clock.instant(),
                mapper.valueToTree(new Settled(
                        id.cluster(),
                        id.datasource(),
                        id.chunk().start(),
                        id.chunk().end())));
    }

    /** The data of the event. */
    @RegisterForReflection
    public record Settled(String cluster, String datasource, Instant chunkStart, Instant chunkEnd) {}
}
