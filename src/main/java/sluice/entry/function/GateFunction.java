package sluice.entry.function;

import io.quarkus.funqy.Funq;
import java.time.Clock;
import java.time.Duration;
import sluice.entry.gate.ApiGatewayRequest;
import sluice.entry.gate.ApiGatewayResponse;
import sluice.entry.gate.Gate;
import sluice.platform.druid.InvocationTime;

/** {@code gate}: answers calls of the HTTP API. */
public class GateFunction {

    /** An HTTP API waits for 30 seconds. A caller is told of a slow cluster rather than of nothing. */
    private static final Duration LONGEST = Duration.ofSeconds(26);

    private final Gate gate;
    private final InvocationFrame frame;
    private final InvocationTime time;
    private final Clock clock;

    GateFunction(Gate gate, InvocationFrame frame, InvocationTime time, Clock clock) {
        this.gate = gate;
        this.frame = frame;
        this.time = time;
        this.clock = clock;
    }

    @Funq("gate")
    public ApiGatewayResponse gate(ApiGatewayRequest call) {
        time.endsAt(clock.instant().plus(LONGEST));
        return frame.around(() -> gate.handle(call));
    }
}
