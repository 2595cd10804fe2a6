package sluice.sandbox.lambda;

import java.time.Instant;
import java.util.UUID;

/**
 * One receive of a message. Every receive has a receipt handle of its own, as in SQS.
 *
 * @param receiveCount how often the message has been received, this time included
 */
record Delivery(
        String messageId,
        String receiptHandle,
        String body,
        int receiveCount,
        Instant sent,
        Instant firstReceived,
        String queueArn) {

    static Delivery of(SqsMessage message, String queueArn) {
        return new Delivery(
                message.id(),
                UUID.randomUUID().toString(),
                message.body(),
                message.receiveCount(),
                message.sent(),
                message.firstReceived(),
                queueArn);
    }
}
