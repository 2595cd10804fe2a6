package sluice.entry.function;

import io.quarkus.funqy.Funq;
import sluice.entry.gate.ApiGatewayRequest;
import sluice.entry.gate.ApiGatewayResponse;
import sluice.entry.gate.Gate;

/** {@code gate}: answers calls of the HTTP API. */
public class GateFunction {

    private final Gate gate;

    GateFunction(Gate gate) {
        this.gate = gate;
    }

    @Funq("gate")
    public ApiGatewayResponse gate(ApiGatewayRequest call) {
        return gate.handle(call);
    }
}
