package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jboss.logging.MDC;
import sluice.platform.log.Log;

/**
 * Handles messages of a queue. A message that fails is logged here with its stack trace, which Funqy does not report to
 * Lambda. It fails alone: the queue delivers it again, and moves it to the dead-letter queue if it keeps failing.
 */
@ApplicationScoped
class Messages {

    private static final Log LOG = Log.of(Messages.class);

    private final ObjectMapper mapper;

    Messages(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    void handle(SQSMessage message, Consumer<JsonNode> handler) {
        MDC.put("messageId", message.getMessageId());
        try {
            JsonNode body = mapper.readTree(message.getBody());
            if (body.path("Event").asText().equals("s3:TestEvent")) {
                LOG.info("S3 tested the notification");
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
        } finally {
            MDC.clear();
        }
    }

    <T> T read(JsonNode node, Class<T> type) {
        return mapper.convertValue(node, type);
    }
}
