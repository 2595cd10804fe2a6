package sluice.ingest.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Makes the CloudEvents about runs. The id is a hash of run, type and attempt: a repeated event is the same event. */
@ApplicationScoped
public class RunEvents {

    private final ObjectMapper mapper;
    private final EventSource source;

    RunEvents(ObjectMapper mapper, EventSource source) {
        this.mapper = mapper;
        this.source = source;
    }

    /** Returns the event about this state of the run; null for states that emit no event. */
    public @Nullable CloudEvent of(Run run, RunState state) {
        EventType type = state.event();
        if (type == null) {
            return null;
        }
        String name = run.id() + "/" + type.wireName() + "/" + run.attempt();
        return CloudEvent.named(
                type, name, source.uri(), run.cluster() + "/" + run.datasource(), state.since(), data(run, state));
    }

    /** {@code {runId, attempt, kind, cluster, datasource, intervals, taskId, definitionHash, specHash, ...state}}. */
    private ObjectNode data(Run run, RunState state) {
        ObjectNode data = mapper.createObjectNode()
                .put("runId", run.id())
                .put("attempt", run.attempt())
                .put("kind", run.kind().label())
                .put("cluster", run.cluster())
                .put("datasource", run.datasource())
                .put("taskId", run.taskId())
                .put("definitionHash", run.definitionHash())
                .put("specHash", run.specHash());
        run.intervals().forEach(data.putArray("intervals")::add);
        data.setAll(mapper.<ObjectNode>valueToTree(state));
        return data;
    }
}
