package sluice.simulation;

import java.time.Clock;
import sluice.platform.state.IndexContract;
import sluice.platform.state.ItemContract;
import sluice.platform.state.QueryContract;
import sluice.platform.state.StateTable;
import sluice.platform.state.TransactionContract;

class InMemoryStateTableContractTest implements ItemContract, TransactionContract, QueryContract, IndexContract {

    private final StateTable table = new InMemoryStateTable(Clock.systemUTC());

    @Override
    public StateTable table() {
        return table;
    }
}
