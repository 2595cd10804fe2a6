package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import sluice.ingest.submission.Submitter;

/** {@code submit}: posts the task of a planned run to Druid. */
public class SubmitFunction {

    private final Submitter submitter;
    private final Messages messages;

    SubmitFunction(Submitter submitter, Messages messages) {
        this.submitter = submitter;
        this.messages = messages;
    }

    @Funq("submit")
    public Uni<Void> submit(SQSMessage message) {
        return messages.start(
                message,
                body -> submitter.submit(body.path("data").path("runId").asText()));
    }
}
