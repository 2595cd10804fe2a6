package sluice.upkeep.backfill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Makes the CloudEvents about backfills. */
@ApplicationScoped
class BackfillEvents {

    private final EventSource source;
    private final ObjectMapper mapper;

    BackfillEvents(EventSource source, ObjectMapper mapper) {
        this.source = source;
        this.mapper = mapper;
    }

    /**
     * Returns the event about a change of state, with the data {@code {id, datasource, clusters, interval, state, author?, reason?,
     * chunks: {total, done, failed, empty, skipped, left}, at}}; empty for a state that nobody waits for. Its id depends on the
     * number of the change, so a repeated event is the same event.
     */
    Optional<CloudEvent> moved(Backfill backfill, BackfillMove move) {
        return type(backfill).map(type -> event(type, backfill, move));
    }

    private static Optional<EventType> type(Backfill backfill) {
        return switch (backfill.state()) {
            case PLANNED, STOPPING -> Optional.empty();
            case RUNNING ->
                Optional.of(backfill.moves() == 1 ? EventType.BACKFILL_STARTED : EventType.BACKFILL_RESUMED);
            case PAUSED -> Optional.of(EventType.BACKFILL_PAUSED);
            case STOPPED -> Optional.of(EventType.BACKFILL_STOPPED);
            case DONE -> Optional.of(EventType.BACKFILL_DONE);
            case DONE_WITH_FAILURES -> Optional.of(EventType.BACKFILL_FAILED);
        };
    }

    private CloudEvent event(EventType type, Backfill backfill, BackfillMove move) {
        BackfillRequest request = backfill.request();
        BackfillProgress progress = backfill.progress();
        ObjectNode data = mapper.createObjectNode()
                .put("id", backfill.id())
                .put("datasource", request.datasource())
                .put("interval", request.interval().interval())
                .put("state", backfill.state().label())
                .put("at", move.at().toString());
        request.clusters().forEach(data.putArray("clusters")::add);
        if (move.author() != null) {
            data.put("author", move.author());
        }
        if (move.reason() != null) {
            data.put("reason", move.reason());
        }
        data.putObject("chunks")
                .put("total", progress.total())
                .put("done", progress.done())
                .put("failed", progress.failed())
                .put("empty", progress.empty())
                .put("skipped", progress.skipped())
                .put("left", progress.left());
        String name = backfill.id() + "/" + type.wireName() + "/" + backfill.moves();
        return CloudEvent.named(type, name, source.uri(), request.datasource() + "/" + backfill.id(), move.at(), data);
    }
}
