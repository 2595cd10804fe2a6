package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.platform.state.Query.Position;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;

/** Partitions in the order of their sort keys, by pages. */
public interface QueryContract extends StateTableContract {

    @Test
    default void aQueryReadsOnePartitionInTheOrderOfSortKeys() {
        // Given
        List.of("b", "a", "ä", "😀", "\uFFFD", "B", "a#1").forEach(sk -> table().put(Item.at(new Key("p", sk))));
        table().put(Item.at(new Key("q", "a")));

        // When
        List<Item> items = table().all(Query.partition("p"));

        // Then
        assertThat(items)
                .extracting(item -> Key.of(item).sk())
                .containsExactly("B", "a", "a#1", "b", "ä", "\uFFFD", "😀");
    }

    @Test
    default void aQueryKeepsToItsRange() {
        // Given
        List.of("a#1", "a#2", "a#3", "b#1").forEach(sk -> table().put(Item.at(new Key("p", sk))));
        Query query = Query.partition("p");

        // Then
        assertThat(StateTableContract.sortKeys(
                        table().all(query.startingWith("a#").highestFirst())))
                .containsExactly("a#3", "a#2", "a#1");
        assertThat(StateTableContract.sortKeys(table().all(query.between("a#2", "b#1"))))
                .containsExactly("a#2", "a#3", "b#1");
        assertThat(StateTableContract.sortKeys(
                        table().all(query.between("a#2", "a#:").highestFirst())))
                .containsExactly("a#3", "a#2");
        assertThat(table().all(Query.partition("none"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    default void pagesFollowEachOther(boolean descending) {
        // Given
        IntStream.range(0, 7).forEach(number -> table().put(Item.at(StateTableContract.key(number))));
        Query query = descending ? Query.partition("p").highestFirst() : Query.partition("p");

        // When
        ItemPage first = table().query(query.limit(3));
        ItemPage second = table().query(query.limit(3).after(first.next()));
        ItemPage third = table().query(query.limit(3).after(second.next()));

        // Then
        List<Item> all = new ArrayList<>(first.items());
        all.addAll(second.items());
        all.addAll(third.items());
        assertThat(all).isEqualTo(table().all(query)).hasSize(7);
        assertThat(third.next()).isNull();
    }

    /** DynamoDB does not look whether anything follows the last item of a full page. */
    @Test
    default void aFullPageIsNotTheLastOne() {
        // Given
        IntStream.range(0, 3).forEach(number -> table().put(Item.at(StateTableContract.key(number))));

        // When
        ItemPage full = table().query(Query.partition("p").limit(3));

        // Then
        assertThat(full.next())
                .isEqualTo(new Position(
                        StateTableContract.key(2), StateTableContract.key(2).sk()));
        assertThat(table().query(Query.partition("p").after(full.next()))).isEqualTo(new ItemPage(List.of(), null));
    }

    @Test
    default void aPageBeginsAfterAPlaceThatHasNoItem() {
        // Given
        IntStream.of(1, 3).forEach(number -> table().put(Item.at(StateTableContract.key(number))));

        // When
        ItemPage page = table().query(Query.partition("p")
                .after(new Position(
                        StateTableContract.key(2), StateTableContract.key(2).sk())));

        // Then
        assertThat(page.items()).containsExactly(Item.at(StateTableContract.key(3)));
    }

    @Test
    default void aPlaceOutsideOfTheQueryIsRefused() {
        // Given
        Query query = Query.partition("p").between("s002", "s005");

        // When
        StateException.Code code = StateTableContract.codeOf(() -> table().query(query.after(new Position(
                StateTableContract.key(1), StateTableContract.key(1).sk()))));

        // Then
        assertThat(code).isEqualTo(StateException.Code.REFUSED);
    }

    /** Sort keys are unique, so nothing can follow the one at which a range ends. */
    @Test
    default void aPageThatEndsWithTheRangeIsTheLastOne() {
        // Given
        IntStream.range(0, 5).forEach(number -> table().put(Item.at(StateTableContract.key(number))));

        // When
        ItemPage page =
                table().query(Query.partition("p").between("s002", "s003").limit(2));

        // Then
        assertThat(page)
                .isEqualTo(new ItemPage(
                        List.of(Item.at(StateTableContract.key(2)), Item.at(StateTableContract.key(3))), null));
    }

    @Test
    default void whatIsGivenIsRefusedBeforeAConditionIsLookedAt() {
        assertThat(StateTableContract.codeOf(
                        () -> table().putIf(Item.at(KEY).with("dueShard", "a"), Condition.present())))
                .isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    default void anIndexKeyOfAnotherTypeCancelsItsTransaction() {
        // When
        TransactionCancelledException cancelled =
                catchThrowableOfType(TransactionCancelledException.class, () -> table().transact(List.of(
                        Write.put(Item.at(StateTableContract.key(1)).with("dueShard", "a"), Condition.present()),
                        Write.put(Item.at(StateTableContract.key(2)), Condition.present()))));

        // Then
        assertThat(cancelled.failures())
                .containsExactly(
                        new Failure(StateTableContract.key(1), Reason.REFUSED, Optional.empty()),
                        new Failure(StateTableContract.key(2), Reason.CONDITION_FAILED, Optional.empty()));
    }

    @Test
    default void aPageEndsAt1Megabyte() {
        // Given
        IntStream.range(0, 10).forEach(number -> table().put(
                        Item.at(StateTableContract.key(number)).with("a", LARGE)));

        // When
        ItemPage page = table().query(Query.partition("p"));

        // Then
        assertThat(page.items()).hasSize(8);
        assertThat(table().all(Query.partition("p"))).hasSize(10);
    }

    @Test
    default void firstStopsWhenThereIsEnough() {
        // Given
        IntStream.range(0, 5).forEach(number -> table().put(Item.at(StateTableContract.key(number))));

        // Then
        assertThat(table().first(Query.partition("p").limit(2), 3)).hasSize(3);
        assertThat(table().first(Query.partition("p"), 9)).hasSize(5);
    }
}
