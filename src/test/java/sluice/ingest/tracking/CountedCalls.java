package sluice.ingest.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** Remembers the calls to a Druid, which all go well. */
final class CountedCalls implements CallFaults {

    private final List<DruidCall> calls = new ArrayList<>();

    @Override
    public Optional<CallFault> next(DruidCall call, String subject) {
        calls.add(call);
        return Optional.empty();
    }

    /** How often this was called. */
    long of(DruidCall call) {
        return calls.stream().filter(call::equals).count();
    }

    /** The calls that change something, in order. */
    List<DruidCall> writes() {
        return calls.stream().filter(DruidCall::isWrite).toList();
    }
}
