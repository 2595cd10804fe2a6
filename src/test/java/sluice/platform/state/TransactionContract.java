package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;

/** All writes of a transaction, or none. */
public interface TransactionContract extends StateTableContract {

    @Test
    default void aTransactionMakesAllItsWrites() {
        // Given
        table().put(Item.at(StateTableContract.key(2)).with("number", 1));
        table().put(Item.at(StateTableContract.key(3)));

        // When
        table().transact(List.of(
                Write.put(Item.at(StateTableContract.key(1)), Condition.absent()),
                Write.update(StateTableContract.key(2), Changes.NONE.add("number", 1), Condition.equal("number", 1)),
                Write.delete(StateTableContract.key(3), Condition.present()),
                Write.delete(StateTableContract.key(4), Condition.absent().or(Condition.equal("holder", "a"))),
                Write.put(Item.at(StateTableContract.key(5)))));

        // Then
        assertThat(table().all(Query.partition("p")))
                .containsExactly(
                        Item.at(StateTableContract.key(1)),
                        Item.at(StateTableContract.key(2)).with("number", 2),
                        Item.at(StateTableContract.key(5)));
    }

    @Test
    default void aTransactionWithAConditionThatFailsChangesNothingAndTellsWhichOne() {
        // Given
        Item held = Item.at(StateTableContract.key(2)).with("holder", "somebody");
        table().put(held);

        // When
        TransactionCancelledException cancelled =
                catchThrowableOfType(TransactionCancelledException.class, () -> table().transact(List.of(
                        Write.put(Item.at(StateTableContract.key(1)), Condition.absent()),
                        Write.put(Item.at(StateTableContract.key(2)).with("holder", "me"), Condition.absent()),
                        Write.update(StateTableContract.key(3), Changes.NONE.set("a", 1), Condition.present()),
                        Write.delete(StateTableContract.key(4), Condition.ALWAYS))));

        // Then
        assertThat(cancelled.code()).isEqualTo(StateException.Code.CANCELLED);
        assertThat(cancelled.failures())
                .containsExactly(
                        new Failure(StateTableContract.key(2), Reason.CONDITION_FAILED, Optional.of(held)),
                        new Failure(StateTableContract.key(3), Reason.CONDITION_FAILED, Optional.empty()));
        assertThat(table().all(Query.partition("p"))).containsExactly(held);
    }

    @Test
    default void theItemThatFailsTheConditionOfAnUpdateOrADeletionIsToldToo() {
        // Given
        Item stored = Item.at(StateTableContract.key(1)).with("holder", "somebody");
        table().put(stored);
        table().put(Item.at(StateTableContract.key(2)).with("holder", "somebody"));

        // When
        TransactionCancelledException cancelled =
                catchThrowableOfType(TransactionCancelledException.class, () -> table().transact(List.of(
                        Write.delete(StateTableContract.key(1), Condition.equal("holder", "me")),
                        Write.update(
                                StateTableContract.key(2),
                                Changes.NONE.set("a", 1),
                                Condition.equal("holder", "me")))));

        // Then
        assertThat(cancelled.failures()).extracting(Failure::stored).allMatch(Optional::isPresent);
        assertThat(cancelled.conditionFailed(StateTableContract.key(1))).isTrue();
        assertThat(cancelled.conditionFailed(StateTableContract.key(3))).isFalse();
    }

    /** DynamoDB cancels the transaction; its local edition refuses the request. */
    @Test
    default void aChangeThatCannotBeMadeKeepsItsTransactionFromTakingEffect() {
        // Given
        table().put(Item.at(StateTableContract.key(1)).with("text", "a"));

        // When
        StateException.Code code = StateTableContract.codeOf(() -> table().transact(List.of(
                Write.put(Item.at(StateTableContract.key(2))),
                Write.update(StateTableContract.key(1), Changes.NONE.add("text", 1), Condition.ALWAYS))));

        // Then
        assertThat(code).isIn(StateException.Code.CANCELLED, StateException.Code.REFUSED);
        assertThat(table().get(StateTableContract.key(2))).isEmpty();
    }

    @Test
    default void anItemThatIsTooLargeRefusesItsTransaction() {
        // When
        StateException refused = catchThrowableOfType(StateException.class, () -> table().transact(List.of(
                Write.put(Item.at(StateTableContract.key(1))),
                Write.put(Item.at(StateTableContract.key(2))
                        .with("a", LARGE)
                        .with("b", LARGE)
                        .with("c", LARGE)))));

        // Then
        assertThat(refused.code()).isEqualTo(StateException.Code.ITEM_TOO_LARGE);
        assertThat(table().get(StateTableContract.key(1))).isEmpty();
    }

    @Test
    default void aTransactionHas100WritesOfDifferentItems() {
        // Given
        List<Write> hundred = new ArrayList<>();
        IntStream.range(0, 100).forEach(number -> hundred.add(Write.put(Item.at(StateTableContract.key(number)))));
        List<Write> more = new ArrayList<>(hundred);
        more.add(Write.put(Item.at(StateTableContract.key(100))));
        List<Write> twice = List.of(Write.put(Item.at(KEY)), Write.delete(KEY, Condition.ALWAYS));

        // Then
        table().transact(hundred);
        assertThat(table().all(Query.partition("p"))).hasSize(100);
        assertThatThrownBy(() -> table().transact(more)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> table().transact(twice)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> table().transact(List.of())).isInstanceOf(StateException.class);
    }

    @Test
    default void aTransactionHasAtMost4Megabytes() {
        // Given
        List<Write> writes = IntStream.range(0, 15)
                .mapToObj(number -> Write.put(
                        Item.at(StateTableContract.key(number)).with("a", LARGE).with("b", LARGE)))
                .toList();

        // Then
        table().transact(writes.subList(0, 14));
        assertThatThrownBy(() -> table().transact(writes)).isInstanceOf(StateException.class);
    }
}
