package sluice.entry.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Amazon SQS, as far as dead letters go, in its JSON protocol.
 *
 * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html">
 *     StartMessageMoveTask</a>
 */
public final class Queues {

    /** AWS' own variable for another address of the service. */
    static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL_SQS";

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ApiClient client;

    private Queues(ApiClient client) {
        this.client = client;
    }

    /**
     * Returns the queues of a region.
     *
     * @param region null for that of the usual AWS chain
     * @throws ApiException if the region is unknown
     */
    public static Queues open(@Nullable String region, Map<String, String> environment) throws ApiException {
        String given = environment.getOrDefault(ENDPOINT_VARIABLE, "");
        if (!given.isBlank()) {
            ApiAddress address = ApiAddress.of(given);
            return new Queues(new ApiClient(
                    address,
                    address.isThisMachine() ? CallAuthorization.none() : Signature.ofAwsChain(Signature.QUEUES, region),
                    PAUSE));
        }
        String known = region == null ? Signature.chainRegion() : region;
        String domain = known.startsWith("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
        return new Queues(new ApiClient(
                ApiAddress.of("https://sqs." + known + domain), Signature.ofAwsChain(Signature.QUEUES, known), PAUSE));
    }

    /** Returns a queue by its name. */
    public Queue named(String name) throws ApiException {
        return at(ask("GetQueueUrl", body("QueueName", name)).path("QueueUrl").asText());
    }

    /** Returns the queues whose names begin and end so. */
    public List<Queue> named(String prefix, String suffix) throws ApiException {
        List<Queue> found = new ArrayList<>();
        for (JsonNode url : ask("ListQueues", body("QueueNamePrefix", prefix).put("MaxResults", 1000))
                .path("QueueUrls")) {
            if (url.asText().endsWith(suffix)) {
                found.add(at(url.asText()));
            }
        }
        return List.copyOf(found);
    }

    private Queue at(String url) throws ApiException {
        ObjectNode body = body("QueueUrl", url);
        body.putArray("AttributeNames").add("QueueArn").add("ApproximateNumberOfMessages");
        JsonNode attributes = ask("GetQueueAttributes", body).path("Attributes");
        return new Queue(
                url.substring(url.lastIndexOf('/') + 1),
                url,
                attributes.path("QueueArn").asText(),
                attributes.path("ApproximateNumberOfMessages").asLong());
    }

    /** Returns true if another queue sends its dead letters to this one, so that SQS knows where to move them. */
    public boolean isDeadLetterQueueOfAnother(Queue queue) throws ApiException {
        return !ask("ListDeadLetterSourceQueues", body("QueueUrl", queue.url()))
                .path("queueUrls")
                .isEmpty();
    }

    /** Starts to move all messages of a dead-letter queue to the queues that they came from. */
    public void redrive(Queue queue) throws ApiException {
        call("StartMessageMoveTask", body("SourceArn", queue.arn()), false);
    }

    /** Returns the newest move of a dead-letter queue. */
    public Optional<Move> move(Queue queue) throws ApiException {
        JsonNode newest = ask(
                        "ListMessageMoveTasks", body("SourceArn", queue.arn()).put("MaxResults", 1))
                .path("Results")
                .path(0);
        return newest.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Move(
                        newest.path("StartedTimestamp").asLong(),
                        newest.path("Status").asText(),
                        newest.path("ApproximateNumberOfMessagesMoved").asLong(),
                        newest.path("ApproximateNumberOfMessagesToMove").asLong(),
                        newest.path("FailureReason").asText("")));
    }

    private JsonNode ask(String action, ObjectNode body) throws ApiException {
        return call(action, body, true);
    }

    private JsonNode call(String action, ObjectNode body, boolean isSafe) throws ApiException {
        return client.call(new ApiCall(
                        "POST",
                        "/",
                        Map.of(),
                        Map.of("content-type", "application/x-amz-json-1.0", "x-amz-target", "AmazonSQS." + action),
                        body.toString(),
                        isSafe))
                .body();
    }

    private static ObjectNode body(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    /** @param messages about how many are in it */
    public record Queue(String name, String url, String arn, long messages) {}

    /**
     * A move of messages.
     *
     * @param startedAt tells it from an earlier one
     * @param status {@code RUNNING}, {@code COMPLETED}, {@code CANCELLING}, {@code CANCELLED} or {@code FAILED}
     * @param failure why it failed; empty if it did not
     */
    public record Move(long startedAt, String status, long moved, long toMove, String failure) {
        public boolean isUnderWay() {
            return status.equals("RUNNING") || status.equals("CANCELLING");
        }
    }
}
