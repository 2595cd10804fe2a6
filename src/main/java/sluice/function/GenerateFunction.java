package sluice.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import io.quarkus.funqy.Funq;
import sluice.intake.Intake;
import sluice.intake.S3Notification;
import sluice.intake.SettledEvents.Settled;

/** S3 says that objects have come, or the bus that a time chunk has settled; both by way of one queue. */
public class GenerateFunction {

    private final Intake intake;
    private final Messages messages;

    GenerateFunction(Intake intake, Messages messages) {
        this.intake = intake;
        this.messages = messages;
    }

    @Funq("generate")
    public void generate(SQSMessage message) {
        messages.handle(message, body -> {
            if (body.has("specversion")) {
                intake.settled(messages.read(body.path("data"), Settled.class));
            } else {
                intake.arrived(messages.read(body, S3Notification.class));
            }
        });
    }
}
