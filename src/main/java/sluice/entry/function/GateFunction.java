package sluice.entry.function;

import io.quarkus.funqy.Funq;
import sluice.entry.gate.ApiGatewayRequest;
import sluice.entry.gate.ApiGatewayResponse;
import sluice.entry.gate.Gate;

/** {@code gate}: answers calls of the HTTP API. */
public class GateFunction {

    private final Gate gate;
    private final InvocationFrame frame;

    GateFunction(Gate gate, InvocationFrame frame) {
        this.gate = gate;
        this.frame = frame;
    }

    @Funq("gate")
    public ApiGatewayResponse gate(ApiGatewayRequest call) {
        return frame.around(() -> gate.handle(call));
    }
}
