package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.quarkus.funqy.Funq;
import sluice.ingest.follow.Follow;

/** {@code follow}: does what follows the end of a run. */
public class FollowFunction {

    private final Follow follow;
    private final Messages messages;

    FollowFunction(Follow follow, Messages messages) {
        this.follow = follow;
        this.messages = messages;
    }

    @Funq("follow")
    public void follow(SQSMessage message) {
        messages.handle(
                message, body -> follow.ended(body.path("data").path("runId").asText()));
    }
}
