package sluice.sandbox.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The event that EventBridge sends to a function on a schedule. */
final class ScheduledEvent {

    private ScheduledEvent() {}

    static byte[] write(String schedule) {
        return Json.write(Map.of(
                        "version",
                        "0",
                        "id",
                        UUID.randomUUID().toString(),
                        "detail-type",
                        "Scheduled Event",
                        "source",
                        "aws.events",
                        "account",
                        Aws.ACCOUNT,
                        "time",
                        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                        "region",
                        Aws.REGION,
                        "resources",
                        List.of(Aws.arn("events", "rule/sluice-" + schedule)),
                        "detail",
                        Map.of()))
                .getBytes(StandardCharsets.UTF_8);
    }
}
