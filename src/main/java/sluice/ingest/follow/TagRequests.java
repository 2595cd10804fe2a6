package sluice.ingest.follow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import sluice.ingest.run.Run;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Makes the CloudEvents that ask {@code follow} to tag a run's next objects. A repeated event is the same event. */
@ApplicationScoped
class TagRequests {

    private final EventSource source;
    private final Clock clock;

    TagRequests(EventSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /** @param from number of objects of the run's plan that are done */
    CloudEvent of(Run run, int from) {
        String name = run.id() + "/" + run.attempt() + "/" + RunTags.stateFor(run) + "/" + from;
        return CloudEvent.named(
                EventType.TAGS_REQUESTED,
                name,
                source.uri(),
                run.cluster() + "/" + run.datasource(),
                clock.instant(),
                JsonNodeFactory.instance
                        .objectNode()
                        .put("runId", run.id())
                        .put("attempt", run.attempt())
                        .put("from", from));
    }
}
