package sluice.entry.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sluice.core.batch.S3Location;
import sluice.entry.gate.ApiGatewayRequest.Authorizer;
import sluice.platform.druid.ClusterBreaker;
import sluice.platform.druid.DruidClusters;
import sluice.platform.event.EventBus;
import sluice.platform.objects.ObjectStore;
import sluice.platform.state.StateTable;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryEventBus;
import sluice.simulation.InMemoryObjectStore;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;
import sluice.simulation.druid.GuardedDruids;
import sluice.simulation.druid.InMemoryDruid;
import sluice.simulation.druid.InMemoryDruids;

/** The real gate over models of everything outside: one cluster, {@code main}, and two buckets. */
final class InMemoryGate {

    static final String LANDING = "landing";
    private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final InMemoryObjectStore objects =
            new InMemoryObjectStore(clock).bucket(LANDING).bucket("definitions");
    private final InMemoryDruid druid = new InMemoryDruid("main", clock, (bucket, key) -> Optional.empty());
    private final Beans beans;
    private final Gate gate;

    /** A gate that is open for everybody. */
    InMemoryGate() {
        this(Map.of("sluice.gate.open", "true"));
    }

    /** @param changed settings that differ from their defaults, by property name */
    InMemoryGate(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(
                Map.of("sluice.table", "sluice", "sluice.bus", "sluice", "sluice.definitions", "s3://definitions/"));
        settings.putAll(changed);
        beans = new Beans(settings)
                .with(Clock.class, clock)
                .with(StateTable.class, new InMemoryStateTable(clock))
                .with(EventBus.class, new InMemoryEventBus())
                .with(ObjectStore.class, objects);
        beans.with(
                DruidClusters.class,
                new GuardedDruids(new InMemoryDruids(druid), () -> beans.get(ClusterBreaker.class)));
        gate = beans.get(Gate.class);
    }

    InMemoryDruid druid() {
        return druid;
    }

    /** What stops the gate from asking the cluster. */
    ClusterBreaker breaker() {
        return beans.get(ClusterBreaker.class);
    }

    ManualClock clock() {
        return clock;
    }

    void upload(String key) {
        objects.put(new S3Location(LANDING, key), key.getBytes(StandardCharsets.UTF_8));
    }

    /** A definition file, beside those that are applied. */
    void define(String name, String text) {
        objects.put(new S3Location("definitions", name), text.getBytes(StandardCharsets.UTF_8));
    }

    Call get(String path) {
        return new Call("GET", path, null);
    }

    Call call(String method, String path, String body) {
        return new Call(method, path, body);
    }

    /** A definition that reads {@code s3://landing/<datasource>/dt=<day>/}. */
    static String definition(String datasource, String granularity) {
        return """
                apiVersion: sluice/v1
                datasource: %s
                clusters: [main]
                schema:
                  timestampSpec: {column: time, format: auto}
                  dimensionsSpec: {dimensions: [channel]}
                  granularitySpec: {segmentGranularity: DAY, queryGranularity: %s, rollup: false}
                batch:
                  source: {type: s3, bucket: %s, prefix: %s/, timeChunk: "'dt='yyyy-MM-dd"}
                  inputFormat: {type: json}
                  mode: replace
                  trigger: {on: object, settle: PT0S}
                """
                .formatted(datasource, granularity, LANDING, datasource);
    }

    /** One call, to be completed and sent. */
    final class Call {
        private final String method;
        private final String path;
        private final String body;
        private final Map<String, String> headers = new HashMap<>();
        private final Map<String, String> query = new LinkedHashMap<>();
        private Authorizer authorizer;

        private Call(String method, String path, String body) {
            this.method = method;
            this.path = path;
            this.body = body;
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** As an IAM principal. */
        Call as(String arn) {
            authorizer = new Authorizer(new ApiGatewayRequest.Iam(arn), null);
            return this;
        }

        /** With a token. */
        Call with(Map<String, Object> claims) {
            authorizer = new Authorizer(null, new ApiGatewayRequest.Jwt(claims));
            return this;
        }

        Call query(String name, String value) {
            query.put(name, value);
            return this;
        }

        Reply send() {
            return reply(gate.handle(request(method, path, headers, query, body, authorizer)));
        }
    }

    ApiGatewayResponse handle(ApiGatewayRequest call) {
        return gate.handle(call);
    }

    static ApiGatewayRequest.RequestContext context(String method) {
        return new ApiGatewayRequest.RequestContext("call-1", "prod", new ApiGatewayRequest.Http(method), null);
    }

    static ApiGatewayRequest request(
            String method, String path, Map<String, String> headers, Map<String, String> query, String body) {
        return request(method, path, headers, query, body, null);
    }

    private static ApiGatewayRequest request(
            String method,
            String path,
            Map<String, String> headers,
            Map<String, String> query,
            String body,
            Authorizer authorizer) {
        return new ApiGatewayRequest(
                path,
                headers,
                query,
                new ApiGatewayRequest.RequestContext("call-1", "prod", new ApiGatewayRequest.Http(method), authorizer),
                body,
                false);
    }

    static Reply reply(ApiGatewayResponse response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    /** What came back. */
    record Reply(int status, Map<String, String> headers, String text) {
        JsonNode json() {
            try {
                return Beans.MAPPER.readTree(text);
            } catch (JsonProcessingException exception) {
                throw new IllegalStateException("The body is not JSON: " + text, exception);
            }
        }

        String detail() {
            return json().path("detail").asText();
        }
    }
}
