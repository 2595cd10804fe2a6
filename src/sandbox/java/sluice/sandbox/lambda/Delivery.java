package sluice.sandbox.lambda;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One receive of a message. Every receive has a receipt handle of its own, as in SQS.
 *
 * @param receiveCount how often the message has been received, this time included
 * @param trace        the tracing header of whoever sent the message, which SQS hands on
 */
record Delivery(
        String messageId,
        String receiptHandle,
        String body,
        int receiveCount,
        Instant sent,
        Instant firstReceived,
        String queueArn,
        Optional<String> trace) {

    static Delivery of(SqsMessage message, String queueArn) {
        return new Delivery(
                message.id(),
                UUID.randomUUID().toString(),
                message.body(),
                message.receiveCount(),
                message.sent(),
                message.firstReceived(),
                queueArn,
                message.trace());
    }
}
