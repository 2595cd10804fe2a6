package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.sandbox.Sandbox;
import sluice.sandbox.SandboxExtension;
import sluice.simulation.InMemoryStateTable;

/** The state table in the sandbox's DynamoDB: each test has a table of its own, whose items no function takes. */
@ExtendWith(SandboxExtension.class)
class StateTableIT extends StateTableContract {

    private static final int RANDOM_CALLS = 200;

    private static Sandbox sandbox;

    @BeforeAll
    static void start(Sandbox shared) {
        sandbox = shared;
    }

    /** Other tests go by the table in memory, so it must not answer otherwise. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theTableInMemoryAnswersAsDynamoDbDoes(long seed) {
        // Given
        StateTable dynamoDb = emptyTable();
        StateTable inMemory = new InMemoryStateTable(Clock.systemUTC());
        RandomCalls calls = new RandomCalls(seed);

        for (int number = 0; number < RANDOM_CALLS; number++) {
            // When
            RandomCalls.Call call = calls.next();
            Object answer = call.of(dynamoDb);

            // Then
            assertThat(call.of(inMemory)).as("call %d: %s", number, call.text()).isEqualTo(answer);
        }
    }

    @Override
    protected StateTable emptyTable() {
        String name = "contract-" + UUID.randomUUID();
        sandbox.dynamodb().createTable(name);
        return new DynamoDbStateTable(sandbox.dynamodb().client(), name);
    }
}
