package sluice.function;

import io.quarkus.funqy.Funq;
import sluice.gate.Gate;
import sluice.gate.HttpAnswer;
import sluice.gate.HttpCall;

/** Somebody calls the HTTP API. */
public class GateFunction {

    private final Gate gate;

    GateFunction(Gate gate) {
        this.gate = gate;
    }

    @Funq("gate")
    public HttpAnswer gate(HttpCall call) {
        return gate.handle(call);
    }
}
