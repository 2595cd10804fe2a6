package sluice.simulation;

import java.time.Clock;
import sluice.platform.state.StateTable;
import sluice.platform.state.StateTableContract;

class InMemoryStateTableContractTest extends StateTableContract {

    @Override
    protected StateTable emptyTable() {
        return new InMemoryStateTable(Clock.systemUTC());
    }
}
