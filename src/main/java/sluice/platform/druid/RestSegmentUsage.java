package sluice.platform.druid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The metadata store's marks, over the HTTP APIs of coordinator and overlord. */
final class RestSegmentUsage implements SegmentUsage {

    private final RestConnection connection;

    RestSegmentUsage(RestConnection connection) {
        this.connection = connection;
    }

    @Override
    public Set<String> used(String datasource, List<String> intervals) {
        ArrayNode body = JsonNodeFactory.instance.arrayNode();
        intervals.forEach(body::add);
        Set<String> ids = new HashSet<>();
        connection
                .found("list used segments", () -> connection.coordinator().usedSegments(datasource, body.toString()))
                .ifPresent(answer -> answer.forEach(id -> ids.add(id.asText())));
        return Set.copyOf(ids);
    }

    @Override
    public int markUnused(String datasource, Collection<String> segmentIds) {
        AtomicInteger changed = new AtomicInteger();
        RestConnection.inPages(segmentIds, page -> {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            page.forEach(body.putArray("segmentIds")::add);
            changed.addAndGet(connection
                    .call("mark segments unused", () -> connection.overlord().markUnused(datasource, body.toString()))
                    .json()
                    .path("numChangedSegments")
                    .asInt());
        });
        return changed.get();
    }

    @Override
    public void markUsed(String datasource, String segmentId) {
        connection.found("mark segment used", () -> connection.overlord().markUsed(datasource, segmentId, "{}"));
    }
}
