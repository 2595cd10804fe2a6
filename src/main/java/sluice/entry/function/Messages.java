package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.MDC;
import sluice.ingest.run.ParallelExecutor;
import sluice.platform.druid.InvocationTime;
import sluice.platform.environment.EnvironmentSettings;
import sluice.platform.log.Log;

/**
 * Handles messages of a queue. A message that fails is logged here with its stack trace, which Funqy does not report to
 * Lambda. It fails alone: the queue delivers it again, and moves it to the dead-letter queue if it keeps failing.
 */
@ApplicationScoped
class Messages {

    private static final Log LOG = Log.of(Messages.class);
    /** Attribute in which SQS passes on the trace of whoever sent the message. */
    private static final String TRACE_HEADER = "AWSTraceHeader";

    private final ObjectMapper mapper;
    private final ParallelExecutor workers;
    private final InvocationTime time;
    private final MessageSettings settings;
    private final Clock clock;
    private final String environment;
    private final InvocationFrame frame;

    Messages(
            ObjectMapper mapper,
            ParallelExecutor workers,
            InvocationTime time,
            MessageSettings settings,
            Clock clock,
            InvocationFrame frame,
            EnvironmentSettings environment) {
        this.mapper = mapper;
        this.workers = workers;
        this.time = time;
        this.settings = settings;
        this.clock = clock;
        this.environment = environment.environment();
        this.frame = frame;
    }

    /** Starts to handle a message beside the others of its batch, so none waits behind another one that hangs. */
    Uni<Void> start(SQSMessage message, Consumer<JsonNode> handler) {
        time.endsAt(clock.instant().plus(settings.timeLimit()));
        return Uni.createFrom().completionStage(workers.start(() -> handle(message, handler)));
    }

    void handle(SQSMessage message, Consumer<JsonNode> handler) {
        Map<String, String> attributes = message.getAttributes();
        frame.around(attributes == null ? null : attributes.get(TRACE_HEADER), () -> handleInFrame(message, handler));
    }

    private void handleInFrame(SQSMessage message, Consumer<JsonNode> handler) {
        MDC.put("messageId", message.getMessageId());
        try {
            JsonNode body = mapper.readTree(message.getBody());
            if (body.path("Event").asText().equals("s3:TestEvent")) {
                LOG.info("S3 tested the notification");
                return;
            }
            if (body.has("specversion") && !isOfThisEnvironment(body)) {
                LOG.warn(
                        "Event of another source is dropped",
                        "source",
                        body.path("source").asText());
                return;
            }
            if (body.has("id")) {
                MDC.put("eventId", body.path("id").asText());
                MDC.put("runId", body.path("data").path("runId").asText());
            }
            handler.accept(body);
        } catch (JsonProcessingException exception) {
            LOG.error(exception, "Message is not JSON", "body", message.getBody());
            throw new IllegalArgumentException("Message " + message.getMessageId() + " is not JSON", exception);
        } catch (RuntimeException exception) {
            LOG.error(exception, "Message failed, the queue will deliver it again");
            throw exception;
        } catch (StackOverflowError | OutOfMemoryError exhausted) {
            LOG.error(exhausted, "Message needs more stack or memory than there is");
            throw new IllegalStateException("Message " + message.getMessageId() + " is too much", exhausted);
        }
    }

    /** Functions act on what Sluice publishes in this environment. The bus may carry events of others. */
    private boolean isOfThisEnvironment(JsonNode event) {
        return event.path("source").asText().startsWith("/sluice/" + environment + "/");
    }

    <T> T read(JsonNode node, Class<T> type) {
        return mapper.convertValue(node, type);
    }
}
