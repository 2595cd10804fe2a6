package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.funqy.Funq;
import sluice.ingest.follow.Follow;
import sluice.ingest.follow.LoadedObjects;
import sluice.platform.event.EventType;

/** {@code follow}: does what follows the end of a run, and goes on with what was too much for one invocation. */
public class FollowFunction {

    private final Follow follow;
    private final LoadedObjects objects;
    private final Messages messages;

    FollowFunction(Follow follow, LoadedObjects objects, Messages messages) {
        this.follow = follow;
        this.objects = objects;
        this.messages = messages;
    }

    @Funq("follow")
    public void follow(SQSMessage message) {
        messages.handle(message, this::handle);
    }

    private void handle(JsonNode body) {
        JsonNode data = body.path("data");
        String runId = data.path("runId").asText();
        if (body.path("type").asText().equals(EventType.TAGS_REQUESTED.wireName())) {
            objects.requested(runId, data.path("from").asInt());
        } else {
            follow.ended(runId);
        }
    }
}
