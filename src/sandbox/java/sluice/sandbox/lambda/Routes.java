package sluice.sandbox.lambda;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sluice.sandbox.component.Project;

/**
 * {@code infra/events/routes.json}: which function runs when. Terraform installs the same file, so what a test sees here
 * is what a deployment does.
 *
 * @param functions       Lambda functions by name; the name is what {@code QUARKUS_FUNQY_EXPORT} gets
 * @param queues          SQS queues by name, each with its event source mapping and a dead-letter queue
 * @param eventRules      EventBridge rules, which put {@code $.detail} on a queue
 * @param invocations     EventBridge rules, which invoke a function; an event that finds it busy is dropped
 * @param schedules       EventBridge schedules by name
 * @param httpApi         the HTTP API and the function that answers it
 * @param s3Notifications notifications of the buckets for data and for definitions
 */
public record Routes(
        Map<String, FunctionSettings> functions,
        Map<String, QueueSettings> queues,
        List<EventRule> eventRules,
        List<DirectRule> invocations,
        Map<String, Schedule> schedules,
        HttpRoute httpApi,
        List<ObjectRoute> s3Notifications) {

    public Routes {
        functions = Map.copyOf(functions);
        queues = Map.copyOf(queues);
        eventRules = List.copyOf(eventRules);
        invocations = List.copyOf(invocations);
        schedules = Map.copyOf(schedules);
        s3Notifications = List.copyOf(s3Notifications);
        for (QueueSettings queue : queues.values()) {
            requireKnown("function", queue.function(), functions);
        }
        for (Schedule schedule : schedules.values()) {
            requireKnown("function", schedule.function(), functions);
        }
        for (EventRule rule : eventRules) {
            requireKnown("queue", rule.queue(), queues);
        }
        for (DirectRule invocation : invocations) {
            requireKnown("function", invocation.function(), functions);
        }
        for (ObjectRoute route : s3Notifications) {
            requireKnown("queue", route.queue(), queues);
        }
        requireKnown("function", httpApi.function(), functions);
    }

    private static void requireKnown(String kind, String name, Map<String, ?> known) {
        if (!known.containsKey(name)) {
            throw new IllegalArgumentException(
                    "routes.json names the " + kind + " '" + name + "', but has only " + known.keySet());
        }
    }

    /** Reads the project's routes. Unknown keys are an error: Terraform would not know them either. */
    public static Routes read() {
        Path file = Project.folder("infra", "events", "routes.json");
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()
                    .readValue(file.toFile(), Routes.class);
        } catch (IOException failure) {
            throw new UncheckedIOException("Cannot read " + file, failure);
        }
    }

    /** The queues that a bus event of this type goes to. */
    Stream<String> queuesFor(String detailType) {
        return eventRules.stream()
                .filter(rule -> rule.detailTypes().contains(detailType))
                .map(EventRule::queue);
    }

    /** The functions that a bus event of this type invokes. */
    Stream<String> functionsFor(String detailType) {
        return invocations.stream()
                .filter(rule -> rule.detailTypes().contains(detailType))
                .map(DirectRule::function);
    }

    /** The queues that a notification about this object goes to. */
    public Stream<String> queuesForObject(ObjectRoute.Of bucket, String key) {
        return s3Notifications.stream()
                .filter(route -> route.of() == bucket && key.startsWith(route.prefix()) && key.endsWith(route.suffix()))
                .map(ObjectRoute::queue);
    }

    /**
     * @param timeoutSeconds  after this long an invocation is given up and its process killed
     * @param memoryMegabytes memory of the function; on AWS it also sets its share of CPU
     * @param concurrency     reserved concurrency: most processes at once
     */
    public record FunctionSettings(int timeoutSeconds, int memoryMegabytes, int concurrency) {

        Duration timeout() {
            return Duration.ofSeconds(timeoutSeconds);
        }
    }

    /**
     * @param function                 function that the queue's event source mapping invokes
     * @param batchSize                most messages per invocation
     * @param batchingWindowSeconds    how long a batch may wait to fill
     * @param visibilityTimeoutSeconds how long a received message stays hidden
     * @param maxReceiveCount          after so many receives without success the message goes to the dead-letter queue
     */
    public record QueueSettings(
            String function,
            int batchSize,
            int batchingWindowSeconds,
            int visibilityTimeoutSeconds,
            int maxReceiveCount) {

        Duration batchingWindow() {
            return Duration.ofSeconds(batchingWindowSeconds);
        }

        Duration visibilityTimeout() {
            return Duration.ofSeconds(visibilityTimeoutSeconds);
        }
    }

    /** A rule of the bus: events of these detail-types go to this queue. */
    public record EventRule(String name, List<String> detailTypes, String queue) {}

    /** A rule of the bus: events of these detail-types invoke this function. */
    public record DirectRule(String name, List<String> detailTypes, String function) {}

    /** @param rate in AWS's words, such as rate(1 minute); the sandbox has a shorter one of its own */
    public record Schedule(String rate, String function) {

        private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

        public Schedule {
            if (!RATE.matcher(rate).matches()) {
                throw new IllegalArgumentException("routes.json has the rate '" + rate + "', which is not " + RATE);
            }
        }

        /** How many minutes lie between two times. */
        long minutes() {
            Matcher parts = RATE.matcher(rate);
            parts.matches();
            return Long.parseLong(parts.group(1))
                    * ChronoUnit.valueOf(parts.group(2).toUpperCase(Locale.ROOT) + "S")
                            .getDuration()
                            .toMinutes();
        }
    }

    /** @param pathPrefix what the paths of the API begin with; Terraform makes a route of it for every method */
    public record HttpRoute(String function, String pathPrefix) {}

    /** A notification of a bucket: these events about keys with this prefix and suffix go to this queue. */
    public record ObjectRoute(Of of, List<String> events, String prefix, String suffix, String queue) {

        /** What a bucket is for. */
        public enum Of {
            @JsonProperty("landing")
            LANDING,
            @JsonProperty("definitions")
            DEFINITIONS
        }
    }
}
