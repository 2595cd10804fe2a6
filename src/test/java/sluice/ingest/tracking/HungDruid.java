package sluice.ingest.tracking;

import java.time.Duration;
import java.util.Optional;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** A Druid that takes calls and never answers. */
final class HungDruid implements CallFaults {

    private int calls;

    int calls() {
        return calls;
    }

    @Override
    public Optional<CallFault> next(DruidCall call, String subject) {
        calls++;
        return Optional.of(new CallFault.Hangs(Duration.ofSeconds(20), false));
    }
}
