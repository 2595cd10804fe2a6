package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.sandbox.DynamoDb;
import sluice.simulation.InMemoryStateTable;

/**
 * The state table over HTTP, in the sandbox's DynamoDB or, with {@code -Ddynamodb.endpoint=http://...}, in another one. Each
 * test has a table of its own.
 */
class DynamoDbStateTableTest implements ItemContract, TransactionContract, QueryContract, IndexContract {

    private static final int RANDOM_CALLS = Integer.getInteger("dynamodb.calls", 300);

    private static DynamoDb dynamoDb;

    private @Nullable StateTable table;

    @BeforeAll
    static void start() {
        String endpoint = System.getProperty("dynamodb.endpoint");
        dynamoDb = endpoint == null ? DynamoDb.start(0) : DynamoDb.at(endpoint);
    }

    @AfterAll
    static void stop() {
        dynamoDb.close();
    }

    /** Other tests go by the table in memory, so it must not answer otherwise. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theTableInMemoryAnswersAsDynamoDbDoes(long seed) {
        // Given
        StateTable overHttp = emptyTable();
        StateTable inMemory = new InMemoryStateTable(Clock.systemUTC());
        RandomCalls calls = new RandomCalls(seed);

        for (int number = 0; number < RANDOM_CALLS; number++) {
            // When
            RandomCalls.Call call = calls.next();
            Object answer = call.of(overHttp);

            // Then
            assertThat(call.of(inMemory)).as("call %d: %s", number, call.text()).isEqualTo(answer);
        }
    }

    @Override
    public StateTable table() {
        if (table == null) {
            table = emptyTable();
        }
        return table;
    }

    private static StateTable emptyTable() {
        String name = "contract-" + UUID.randomUUID();
        dynamoDb.createTable(name);
        return new DynamoDbStateTable(dynamoDb.client(), name);
    }
}
