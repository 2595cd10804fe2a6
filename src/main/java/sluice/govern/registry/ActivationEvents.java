package sluice.govern.registry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Creates the CloudEvents about moves of the active pointer. An id is a hash of datasource, type and number of the move. */
@ApplicationScoped
class ActivationEvents {

    private final ObjectMapper mapper;
    private final EventSource source;

    ActivationEvents(ObjectMapper mapper, EventSource source) {
        this.mapper = mapper;
        this.source = source;
    }

    /** Returns an event with the data {@code {datasource, activation, version, before?, definitionHash, author, reason?, at}}. */
    CloudEvent of(Active next, Activation activation) {
        EventType type =
                switch (activation.kind()) {
                    case APPLY -> EventType.DEFINITION_ACTIVATED;
                    case ROLLBACK -> EventType.DEFINITION_ROLLED_BACK;
                };
        ObjectNode data = mapper.createObjectNode()
                .put("datasource", next.datasource())
                .put("activation", activation.number())
                .put("version", activation.version())
                .put("definitionHash", next.hash())
                .put("author", activation.author())
                .put("at", activation.at().toString());
        if (activation.before() != null) {
            data.put("before", activation.before());
        }
        if (activation.reason() != null) {
            data.put("reason", activation.reason());
        }
        String name = next.datasource() + "/" + type.wireName() + "/" + activation.number();
        return CloudEvent.named(type, name, source.uri(), next.datasource(), activation.at(), data);
    }
}
