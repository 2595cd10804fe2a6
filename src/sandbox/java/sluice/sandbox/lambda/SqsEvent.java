package sluice.sandbox.lambda;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What Lambda makes of a batch of messages, and what it reads from the function's answer.
 *
 * <p>Shapes: <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html">Using Lambda with Amazon SQS</a>, and
 * for the answer <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">partial batch
 * responses</a>.
 */
final class SqsEvent {

    private SqsEvent() {}

    static byte[] write(List<Delivery> batch) {
        return Json.write(Map.of("Records", batch.stream().map(SqsEvent::record).toList()))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The messages that failed. Without a failure list in the answer none failed; if the function failed, all did; an
     * answer with an empty or unknown id means that all did, as on AWS.
     */
    static Set<String> failed(List<Delivery> batch, Outcome outcome) {
        Set<String> all = new TreeSet<>(batch.stream().map(Delivery::messageId).toList());
        if (!(outcome instanceof Outcome.Answer answer)) {
            return all;
        }
        var answered = Json.tryRead(answer.payload());
        if (answered.isEmpty()) {
            return Set.of();
        }
        Set<String> failed = new TreeSet<>();
        answered.get()
                .path("batchItemFailures")
                .forEach(item -> failed.add(item.path("itemIdentifier").asText()));
        return all.containsAll(failed) ? failed : all;
    }

    private static Map<String, Object> record(Delivery delivery) {
        return Map.of(
                "messageId", delivery.messageId(),
                "receiptHandle", delivery.receiptHandle(),
                "body", delivery.body(),
                "attributes", attributes(delivery),
                "messageAttributes", Map.of(),
                "md5OfBody", md5(delivery.body()),
                "eventSource", "aws:sqs",
                "eventSourceARN", delivery.queueArn(),
                "awsRegion", Aws.REGION);
    }

    private static Map<String, String> attributes(Delivery delivery) {
        Map<String, String> attributes = new TreeMap<>(Map.of(
                "ApproximateReceiveCount", String.valueOf(delivery.receiveCount()),
                "SentTimestamp", String.valueOf(delivery.sent().toEpochMilli()),
                "SenderId", Aws.ACCOUNT,
                "ApproximateFirstReceiveTimestamp",
                        String.valueOf(delivery.firstReceived().toEpochMilli())));
        delivery.trace().ifPresent(header -> attributes.put("AWSTraceHeader", header));
        return attributes;
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has MD5", impossible);
        }
    }
}
