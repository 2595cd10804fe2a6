package sluice.entry.gate;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls of an orchestrator, made by a model of it: to the gate in this process, or to the sandbox's. */
@FunctionalInterface
interface ApiCalls {

    InMemoryGate.Reply call(String method, String path, Map<String, String> headers, @Nullable String body);

    static ApiCalls of(InMemoryGate gate) {
        return (method, path, headers, body) -> {
            InMemoryGate.Call call = gate.call(method, path, body);
            headers.forEach(call::header);
            return call.send();
        };
    }

    static ApiCalls of(Api api) {
        return (method, path, headers, body) -> {
            RequestSpecification call = api.call().headers(headers);
            Response response =
                    body == null ? call.request(method, path) : call.body(body).request(method, path);
            return new InMemoryGate.Reply(response.statusCode(), Map.of(), response.asString());
        };
    }
}
