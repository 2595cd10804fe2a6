package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.quarkus.funqy.Funq;
import io.smallrye.mutiny.Uni;
import sluice.govern.settings.FileDefinitions;
import sluice.ingest.intake.Intake;
import sluice.ingest.intake.NotificationFilter;
import sluice.ingest.intake.S3Notification;
import sluice.ingest.intake.SettledEvents.Settled;

/** {@code generate}: handles S3 notifications about data and definitions, and settled time chunks, from one queue. */
public class GenerateFunction {

    private final Intake intake;
    private final NotificationFilter filter;
    private final FileDefinitions definitions;
    private final Messages messages;

    GenerateFunction(Intake intake, NotificationFilter filter, FileDefinitions definitions, Messages messages) {
        this.intake = intake;
        this.filter = filter;
        this.definitions = definitions;
        this.messages = messages;
    }

    @Funq("generate")
    public Uni<Void> generate(SQSMessage message) {
        return messages.start(message, body -> {
            if (body.has("specversion")) {
                intake.settled(messages.read(body.path("data"), Settled.class));
            } else {
                arrived(messages.read(body, S3Notification.class));
            }
        });
    }

    /** One after the other: most notifications of a batch are about the same time chunk. */
    private synchronized void arrived(S3Notification notification) {
        if (intake.arrived(filter.filtered(notification))) {
            definitions.notice();
        }
    }
}
