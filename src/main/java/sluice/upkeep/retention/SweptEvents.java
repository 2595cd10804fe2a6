package sluice.upkeep.retention;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.platform.event.CloudEvent;
import sluice.platform.event.EventSource;
import sluice.platform.event.EventType;

/** Makes the CloudEvents about sweeps. The id is a hash of the report's id, so a repeated event is the same event. */
@ApplicationScoped
class SweptEvents {

    private final ObjectMapper mapper;
    private final EventSource source;

    SweptEvents(ObjectMapper mapper, EventSource source) {
        this.mapper = mapper;
        this.source = source;
    }

    /** Returns the event with the report, without its long parts: rules, intervals, versions and advice. */
    CloudEvent of(SweepReport report) {
        String subject = report.cluster() + "/" + report.datasource();
        String name = subject + "/" + report.id();
        ObjectNode data = mapper.valueToTree(report);
        data.remove(List.of("phase", "rules", "wanted", "advice"));
        data.path("found").forEach(found -> ((ObjectNode) found).remove("intervals"));
        data.path("kills").forEach(kill -> ((ObjectNode) kill).remove("versions"));
        return CloudEvent.named(EventType.RETENTION_SWEPT, name, source.uri(), subject, report.sweptAt(), data);
    }
}
