package sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.Query;
import sluice.platform.state.StateException;
import sluice.platform.state.TransactionCancelledException;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;
import sluice.platform.state.Value;
import sluice.platform.state.Write;

/** What a test can make the table do besides its contract: lag, forget late, fail. */
class InMemoryStateTableTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Key KEY = new Key("p", "s");

    private final ManualClock clock = new ManualClock(NOW);
    private final TableFailures failures = new TableFailures();
    private final InMemoryStateTable table = new InMemoryStateTable(clock).observer(failures);

    @Test
    void anIndexLearnsOfAWriteAfterItsLag() {
        // Given
        table.indexLag(() -> Duration.ofSeconds(2));
        table.put(due(1));

        // When
        List<Item> atOnce = table.due(NOW, 10);
        clock.advance(Duration.ofSeconds(2));
        List<Item> later = table.due(NOW, 10);

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(later).containsExactly(due(1));
        assertThat(table.get(Key.of(due(1)))).contains(due(1));
    }

    @Test
    void anIndexShowsWhatIsGoneUntilItLearnsOfIt() {
        // Given
        table.put(due(1));
        table.due(NOW, 10);
        table.indexLag(() -> Duration.ofSeconds(2));
        table.remove(Key.of(due(1)));

        // When
        List<Item> stale = table.due(NOW, 10);
        clock.advance(Duration.ofSeconds(2));
        List<Item> later = table.due(NOW, 10);

        // Then
        assertThat(stale).containsExactly(due(1));
        assertThat(later).isEmpty();
    }

    @Test
    void writesOfDifferentItemsOvertakeEachOtherAndThoseOfOneDoNot() {
        // Given
        // Of each write, the lag of the due index and that of the index of runs.
        Deque<Integer> lags = new ArrayDeque<>(List.of(10, 0, 1, 0, 1, 0));
        table.indexLag(() -> Duration.ofSeconds(lags.remove()));
        table.put(due(1).with("version", 1));
        table.put(due(1).with("version", 2));
        table.put(due(2));

        // When
        clock.advance(Duration.ofSeconds(1));
        List<Item> early = table.due(NOW, 10);
        clock.advance(Duration.ofSeconds(9));
        List<Item> late = table.due(NOW, 10);

        // Then
        assertThat(early).containsExactly(due(2));
        assertThat(late).containsExactlyInAnyOrder(due(1).with("version", 2), due(2));
    }

    @Test
    void theIndexOfRunsLagsToo() {
        // Given
        Item run = Item.at(Key.run("a")).with("datasource", "wiki").with("createdAt", NOW);
        table.indexLag(() -> Duration.ofSeconds(2)).put(run);
        Query query = Query.runs("wiki", NOW);

        // When
        List<Item> atOnce = table.all(query);
        clock.advance(Duration.ofSeconds(2));

        // Then
        assertThat(atOnce).isEmpty();
        assertThat(table.all(query)).containsExactly(run);
    }

    @Test
    void anItemThatHasExpiredIsRemovedLate() {
        // Given
        table.expiryDelay(Duration.ofDays(1)).put(due(1).expiring(NOW));

        // When
        clock.advance(Duration.ofDays(1));
        Optional<Item> late = table.get(Key.of(due(1)));
        clock.advance(Duration.ofSeconds(1));

        // Then
        assertThat(late).isPresent();
        assertThat(table.due(NOW, 10)).isEmpty();
        assertThat(table.get(Key.of(due(1)))).isEmpty();
        assertThat(table.items()).isEmpty();
    }

    @Test
    void anItemLivesOnThatIsWrittenWithALaterEnd() {
        // Given
        table.expiryDelay(Duration.ZERO);
        table.put(Item.at(KEY).expiring(NOW.plusSeconds(1)));
        table.put(Item.at(KEY).expiring(NOW.plusSeconds(60)));

        // When
        clock.advance(Duration.ofSeconds(30));

        // Then
        assertThat(table.get(KEY)).isPresent();
    }

    @Test
    void aThrottledCallHasNoEffect() {
        // Given
        failures.throttle(call -> call.kind().isWrite());

        // When
        StateException.Code code = codeOf(() -> table.put(Item.at(KEY)));

        // Then
        assertThat(code).isEqualTo(StateException.Code.THROTTLED);
        assertThat(table.get(KEY)).isEmpty();
        assertThat(failures.isDone()).isTrue();
    }

    @Test
    void aCallThatTimesOutMayHaveTakenEffect() {
        // Given
        Key other = new Key("p", "t");
        failures.timeOutBefore(call -> call.keys().contains(KEY))
                .timeOutAfter(call -> call.keys().contains(other));

        // When
        StateException.Code before = codeOf(() -> table.put(Item.at(KEY)));
        StateException.Code after = codeOf(() -> table.put(Item.at(other)));

        // Then
        assertThat(List.of(before, after)).containsOnly(StateException.Code.TIMED_OUT);
        assertThat(table.items()).containsExactly(Item.at(other));
    }

    @Test
    void eachPlannedFailureFailsOneCall() {
        // Given
        failures.throttle(call -> true).timeOutAfter(call -> true);

        // When
        StateException.Code first = codeOf(() -> table.get(KEY));
        StateException.Code second = codeOf(() -> table.get(KEY));
        Optional<Item> third = table.get(KEY);

        // Then
        assertThat(first).isEqualTo(StateException.Code.THROTTLED);
        assertThat(second).isEqualTo(StateException.Code.TIMED_OUT);
        assertThat(third).isEmpty();
    }

    @Test
    void aConflictCancelsATransaction() {
        // Given
        failures.conflict(call -> call.kind() == TableCall.Kind.TRANSACT);

        // When
        TransactionCancelledException cancelled = catchThrowableOfType(
                TransactionCancelledException.class,
                () -> table.transact(List.of(Write.put(Item.at(KEY), Condition.absent()))));

        // Then
        assertThat(cancelled.failures()).containsExactly(new Failure(KEY, Reason.CONFLICT, Optional.empty()));
        assertThat(cancelled.conditionFailed(KEY)).isFalse();
        assertThat(table.items()).isEmpty();
    }

    @Test
    void aConflictRefusesASingleWrite() {
        // Given
        failures.conflict(call -> call.kind() == TableCall.Kind.PUT);

        // Then
        assertThat(codeOf(() -> table.put(Item.at(KEY)))).isEqualTo(StateException.Code.CONFLICT);
    }

    @Test
    void aWriteThatTheSdkRepeatsMeetsItself() {
        // Given
        failures.repeat(call -> call.kind() == TableCall.Kind.PUT).repeat(call -> call.kind() == TableCall.Kind.UPDATE);

        // When
        boolean isPut = table.putIf(Item.at(KEY), Condition.absent());
        Optional<Item> updated = table.updateIf(KEY, Changes.NONE.add("generation", 1), Condition.ALWAYS);

        // Then
        assertThat(isPut).isFalse();
        assertThat(updated).contains(Item.at(KEY).with("generation", 2));
    }

    @Test
    void aTransactionThatTheSdkRepeatsTakesEffectOnce() {
        // Given
        failures.repeat(call -> call.kind() == TableCall.Kind.TRANSACT);

        // When
        table.transact(List.of(Write.put(Item.at(KEY), Condition.absent())));

        // Then
        assertThat(table.get(KEY)).isPresent();
        assertThat(failures.isDone()).isTrue();
    }

    @Test
    void aChangeThatCannotBeMadeCancelsItsTransaction() {
        // Given
        table.put(Item.at(KEY).with("text", "a"));

        // When
        TransactionCancelledException cancelled = catchThrowableOfType(
                TransactionCancelledException.class,
                () -> table.transact(List.of(Write.update(KEY, Changes.NONE.add("text", 1), Condition.ALWAYS))));

        // Then
        assertThat(cancelled.failures()).containsExactly(new Failure(KEY, Reason.REFUSED, Optional.empty()));
    }

    @Test
    void anObserverSeesEachCallAndWhatItNames() {
        // Given
        List<TableCall> calls = new ArrayList<>();
        table.observer(new TableObserver() {
            @Override
            public void after(TableCall call) {
                calls.add(call);
            }
        });

        // When
        table.put(Item.at(KEY));
        table.get(KEY);
        table.due(NOW, 1);
        table.query(Query.partition("p"));
        table.remove(KEY);

        // Then
        assertThat(calls)
                .containsExactly(
                        new TableCall(TableCall.Kind.PUT, List.of(KEY)),
                        new TableCall(TableCall.Kind.GET, List.of(KEY)),
                        new TableCall(TableCall.Kind.DUE, List.of()),
                        new TableCall(TableCall.Kind.QUERY, List.of()),
                        new TableCall(TableCall.Kind.REMOVE, List.of(KEY)));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "7, 2", "42, 2", "123, 3", "-123, 4", "1000, 2", "1010, 3", "1767225600, 5"})
    void aNumberTakesAByteForTwoDigits(long number, int bytes) {
        assertThat(ItemSize.of(Value.of(number))).isEqualTo(bytes);
    }

    @Test
    void aSizeCountsNamesAndValues() {
        // Given
        Item item = new Item(Map.of(
                "ä", Value.of("€😀"),
                "bytes", new Value.Bytes(new byte[9]),
                "set", Value.of(Set.of("a", "bc"))));

        // Then
        assertThat(ItemSize.of(item)).isEqualTo(2 + 3 + 4 + 5 + 9 + 3 + 3);
    }

    /** The indexes are those that the sandbox creates. */
    @Test
    void indexesAreThoseOfTheTable() throws IOException {
        // Given
        JsonNode definition = new ObjectMapper().readTree(Files.readString(Path.of("infra", "sandbox", "table.json")));
        Map<String, String> types = new HashMap<>();
        definition
                .path("AttributeDefinitions")
                .forEach(attribute -> types.put(
                        attribute.path("AttributeName").asText(),
                        attribute.path("AttributeType").asText()));

        // When
        List<IndexShape> indexes = new ArrayList<>();
        definition.path("GlobalSecondaryIndexes").forEach(index -> {
            Set<String> projected = new HashSet<>();
            index.at("/Projection/NonKeyAttributes").forEach(name -> projected.add(name.asText()));
            String partitionKey = index.at("/KeySchema/0/AttributeName").asText();
            indexes.add(new IndexShape(
                    index.path("IndexName").asText(),
                    partitionKey,
                    types.get(partitionKey).equals("N") ? Value.Number.class : Value.Text.class,
                    index.at("/KeySchema/1/AttributeName").asText(),
                    projected));
        });

        // Then
        assertThat(indexes).containsExactly(IndexShape.DUE, IndexShape.RUNS);
    }

    private static StateException.Code codeOf(ThrowingCallable call) {
        return catchThrowableOfType(StateException.class, call).code();
    }

    private static Item due(int number) {
        return Item.at(new Key("item#" + number, "item")).due("item-" + number, NOW);
    }
}
