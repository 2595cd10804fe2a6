package sluice.entry.function;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Messages from a queue. One that fails is logged here with its stack, because Funqy's answer to Lambda has none, and
 * fails alone: it is delivered again, and ends in the dead-letter queue if it fails for good.
 */
@ApplicationScoped
class Messages {

    private static final Logger LOG = Logger.getLogger(Messages.class);

    private final ObjectMapper mapper;

    Messages(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    void handle(SQSMessage message, Consumer<JsonNode> handler) {
        MDC.put("messageId", message.getMessageId());
        try {
            JsonNode body = mapper.readTree(message.getBody());
            if (body.path("Event").asText().equals("s3:TestEvent")) {
                LOG.info("S3 has tested the notification");
                return;
            }
            if (body.has("id")) {
                MDC.put("eventId", body.path("id").asText());
                MDC.put("runId", body.path("data").path("runId").asText());
            }
            handler.accept(body);
        } catch (JsonProcessingException exception) {
            LOG.errorf(exception, "Message is not JSON: %s", message.getBody());
            throw new IllegalArgumentException("message " + message.getMessageId() + " is not JSON", exception);
        } catch (RuntimeException exception) {
            LOG.errorf(exception, "Message %s failed and will come again", message.getMessageId());
            throw exception;
        } finally {
            MDC.clear();
        }
    }

    <T> T read(JsonNode node, Class<T> type) {
        return mapper.convertValue(node, type);
    }
}
