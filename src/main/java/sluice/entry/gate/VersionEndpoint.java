package sluice.entry.gate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import sluice.core.contract.Contract;
import sluice.core.version.SluiceVersion;

/** {@code GET /v1/version}: which version of Sluice answers, and the versions of Druid whose specs it knows. */
@ApplicationScoped
class VersionEndpoint implements Endpoint {

    private final ObjectMapper mapper;

    VersionEndpoint(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route("GET", "/v1/version", Role.READ, this::version));
    }

    private Answer version(Request request) {
        ObjectNode body = mapper.createObjectNode().put("version", SluiceVersion.current());
        ArrayNode contracts = body.putArray("contracts");
        Contract.versions().forEach(contracts::add);
        return Answer.ok(body);
    }
}
