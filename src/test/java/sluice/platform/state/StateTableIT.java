package sluice.platform.state;

import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;

/** The state table in the sandbox's DynamoDB: each test has a table of its own, whose items no function takes. */
@ExtendWith(SandboxExtension.class)
class StateTableIT extends StateTableContract {

    private static Sandbox sandbox;

    @BeforeAll
    static void start(Sandbox shared) {
        sandbox = shared;
    }

    @Override
    protected StateTable emptyTable() {
        String name = "contract-" + UUID.randomUUID();
        sandbox.dynamodb().createTable(name);
        return new DynamoDbStateTable(sandbox.dynamodb().client(), name);
    }
}
