package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.batch.S3Location;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.ledger.ObjectRecord;

/** {@code GET /v1/objects?bucket=&key=}: was this file loaded, by which run, and how many rows were in it? */
@ApplicationScoped
class ObjectsEndpoint implements Endpoint {

    private final Ledger ledger;
    private final ObjectMapper mapper;

    ObjectsEndpoint(Ledger ledger, ObjectMapper mapper) {
        this.ledger = ledger;
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/objects", Role.READ, this::find));
    }

    private Answer find(Request request) {
        S3Location location = Request.location(request.required("bucket"), request.required("key"));
        List<ObjectRecord> records = ledger.history(location).stream()
                .filter(record -> record.datasource() == null
                        ? request.caller().mayAll(Role.READ)
                        : request.caller().may(Role.READ, record.datasource()))
                .toList();
        if (records.isEmpty()) {
            throw ProblemException.notFound("The ledger does not know " + location);
        }
        ObjectNode body =
                mapper.createObjectNode().put("bucket", location.bucket()).put("key", location.key());
        ArrayNode versions = body.putArray("versions");
        records.forEach(record -> versions.add(of(record)));
        return Answer.ok(body);
    }

    private ObjectNode of(ObjectRecord record) {
        ObjectNode node = mapper.createObjectNode()
                .put("version", record.version())
                .put("state", record.entry().state())
                .put("updatedAt", record.updatedAt().toString());
        OptionalFields.put(node, "cluster", record.cluster());
        OptionalFields.put(node, "datasource", record.datasource());
        OptionalFields.put(node, "run", record.entry().run());
        OptionalFields.put(node, "error", record.entry().error());
        if (record.entry().rows() != null) {
            node.put("rows", record.entry().rows());
        }
        return node;
    }
}
