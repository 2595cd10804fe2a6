package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.platform.state.Query.Position;
import sluice.platform.state.StateTable.DueLane;
import sluice.platform.state.TransactionCancelledException.Failure;
import sluice.platform.state.TransactionCancelledException.Reason;

/** What every state table does: DynamoDB, and the one in memory by which the other tests go. */
public abstract class StateTableContract {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Key KEY = new Key("p", "s");

    /** More than a third of what an item may have. */
    private static final String LARGE = "x".repeat(140_000);

    private StateTable table;

    /** A new table without items, whose indexes follow at once. */
    protected abstract StateTable emptyTable();

    @BeforeEach
    void open() {
        table = emptyTable();
    }

    // Items

    @Test
    void anItemComesBackAsItWasStored() {
        // Given
        Item item = Item.at(KEY)
                .with("text", "ä€😀")
                .with("number", -1_200)
                .with("time", NOW)
                .with("texts", List.of("b", "a"))
                .withCompressed("body", "long");

        // When
        table.put(item);

        // Then
        assertThat(table.get(KEY)).contains(item);
    }

    @Test
    void aBatchReadsTheItemsThatExist() {
        // Given
        List<Key> keys = IntStream.range(0, StateTable.MOST_KEYS)
                .mapToObj(StateTableContract::key)
                .toList();
        table.put(Item.at(key(7)).with("a", 7));
        table.put(Item.at(key(99)).with("a", 99));

        // When
        List<Item> items = table.getAll(keys);

        // Then
        assertThat(items)
                .containsExactlyInAnyOrder(
                        Item.at(key(7)).with("a", 7), Item.at(key(99)).with("a", 99));
    }

    @Test
    void aBatchOfLargeItemsIsReadAsAWhole() {
        // Given
        List<Key> keys =
                IntStream.range(0, 60).mapToObj(StateTableContract::key).toList();
        keys.forEach(key -> table.put(Item.at(key).with("a", LARGE).with("b", LARGE)));

        // When
        List<Item> items = table.getAll(keys);

        // Then
        assertThat(items).hasSize(60);
    }

    @Test
    void aBatchHas100DifferentKeys() {
        // Given
        List<Key> more = IntStream.range(0, StateTable.MOST_KEYS + 1)
                .mapToObj(StateTableContract::key)
                .toList();

        // Then
        assertThat(codeOf(() -> table.getAll(more))).isEqualTo(StateException.Code.REFUSED);
        assertThat(codeOf(() -> table.getAll(List.of()))).isEqualTo(StateException.Code.REFUSED);
        assertThat(codeOf(() -> table.getAll(List.of(KEY, KEY)))).isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    void anItemThatIsAbsentIsEmpty() {
        assertThat(table.get(KEY)).isEmpty();
    }

    @Test
    void aPutReplacesTheWholeItem() {
        // Given
        table.put(Item.at(KEY).with("a", 1).with("b", 1));

        // When
        table.put(Item.at(KEY).with("a", 2));

        // Then
        assertThat(table.get(KEY)).contains(Item.at(KEY).with("a", 2));
    }

    @Test
    void whatIsRemovedIsGoneAndCanBeRemovedAgain() {
        // Given
        table.put(Item.at(KEY));
        table.remove(KEY);

        // When
        table.remove(KEY);

        // Then
        assertThat(table.get(KEY)).isEmpty();
    }

    // Conditions

    @Test
    void absentHoldsUntilThereIsAnItem() {
        assertThat(table.putIf(Item.at(KEY), Condition.absent())).isTrue();
        assertThat(table.putIf(Item.at(KEY).with("a", 1), Condition.absent())).isFalse();
        assertThat(table.get(KEY)).contains(Item.at(KEY));
    }

    @Test
    void presentHoldsWhereThereIsAnItem() {
        assertThat(table.putIf(Item.at(KEY), Condition.present())).isFalse();
        table.put(Item.at(KEY));
        assertThat(table.putIf(Item.at(KEY).with("a", 1), Condition.present())).isTrue();
    }

    @Test
    void conditionsAreAboutWhatIsStored() {
        assertThat(holds(Condition.has("number"))).isTrue();
        assertThat(holds(Condition.has("none"))).isFalse();
        assertThat(holds(Condition.lacks("none"))).isTrue();
        assertThat(holds(Condition.lacks("number"))).isFalse();
        assertThat(holds(Condition.equal("number", 7))).isTrue();
        assertThat(holds(Condition.equal("number", 8))).isFalse();
        assertThat(holds(Condition.equal("text", "a"))).isTrue();
        assertThat(holds(Condition.equal("text", 7))).isFalse();
        assertThat(holds(Condition.equal("none", "a"))).isFalse();
        assertThat(holds(Condition.equal("time", NOW))).isTrue();
        assertThat(holds(Condition.differs("text", "b"))).isTrue();
        assertThat(holds(Condition.differs("text", "a"))).isFalse();
        assertThat(holds(Condition.differs("number", "7"))).isTrue();
        assertThat(holds(Condition.differs("none", "a"))).isTrue();
        assertThat(holds(Condition.before("time", NOW.plusMillis(1)))).isTrue();
        assertThat(holds(Condition.before("time", NOW))).isFalse();
        assertThat(holds(Condition.before("none", NOW))).isFalse();
        assertThat(holds(Condition.before("number", NOW))).isFalse();
    }

    @Test
    void conditionsAreJoined() {
        // Given
        Condition yes = Condition.has("number");
        Condition no = Condition.lacks("number");

        // Then
        assertThat(holds(yes.and(yes))).isTrue();
        assertThat(holds(yes.and(no))).isFalse();
        assertThat(holds(no.or(yes))).isTrue();
        assertThat(holds(no.or(no))).isFalse();
        assertThat(holds(no.and(no).or(yes))).isTrue();
        assertThat(holds(no.and(no.or(yes)))).isFalse();
    }

    /** Words that DynamoDB reserves are names as others. */
    @Test
    void anAttributeMayHaveAnyName() {
        // Given
        table.put(Item.at(KEY).with("state", "a").with("size", 1));

        // When
        Optional<Item> updated = table.updateIf(
                KEY,
                Changes.NONE.set("state", "b").add("size", 1).set("with.dot", "c"),
                Condition.equal("state", "a").and(Condition.lacks("time")));

        // Then
        assertThat(updated)
                .contains(Item.at(KEY).with("state", "b").with("size", 2).with("with.dot", "c"));
    }

    private boolean holds(Condition condition) {
        table.put(Item.at(KEY).with("number", 7).with("text", "a").with("time", NOW));
        return table.putIf(Item.at(KEY), condition);
    }

    // Updates

    @Test
    void anUpdateCreatesAnItemThatIsAbsent() {
        // When
        Optional<Item> created = table.updateIf(
                KEY,
                Changes.NONE
                        .set("text", "a")
                        .setIfAbsent("time", NOW)
                        .add("number", 3)
                        .add("texts", Set.of("x"))
                        .remove("none"),
                Condition.ALWAYS);

        // Then
        Item expected = Item.at(KEY)
                .with("text", "a")
                .with("time", NOW)
                .with("number", 3)
                .with("texts", List.of("x"));
        assertThat(created).contains(expected);
        assertThat(table.get(KEY)).contains(expected);
    }

    @Test
    void anUpdateChangesNamedAttributesOnly() {
        // Given
        table.put(Item.at(KEY)
                .with("kept", "k")
                .with("text", "a")
                .with("time", NOW)
                .with("number", 3)
                .with("texts", List.of("x", "y"))
                .with("gone", "g"));

        // When
        Optional<Item> updated = table.updateIf(
                KEY,
                Changes.NONE
                        .set("text", 9)
                        .setIfAbsent("time", NOW.plusSeconds(1))
                        .add("number", -4)
                        .add("texts", Set.of("y", "z"))
                        .remove("gone", "none"),
                Condition.present());

        // Then
        assertThat(updated)
                .contains(Item.at(KEY)
                        .with("kept", "k")
                        .with("text", 9)
                        .with("time", NOW)
                        .with("number", -1)
                        .with("texts", List.of("x", "y", "z")));
    }

    @Test
    void anUpdateWhoseConditionFailsChangesNothing() {
        // When
        Optional<Item> updated = table.updateIf(KEY, Changes.NONE.set("a", 1), Condition.present());

        // Then
        assertThat(updated).isEmpty();
        assertThat(table.get(KEY)).isEmpty();
    }

    @Test
    void anUpdateThatOnlyRemovesCreatesAnItemToo() {
        // When
        Optional<Item> created = table.updateIf(KEY, Changes.NONE.remove("a"), Condition.ALWAYS);

        // Then
        assertThat(created).contains(Item.at(KEY));
        assertThat(table.get(KEY)).contains(Item.at(KEY));
    }

    @Test
    void addingToAnotherTypeIsRefused() {
        // Given
        table.put(Item.at(KEY).with("text", "a"));

        // When
        StateException refused = catchThrowableOfType(
                StateException.class, () -> table.updateIf(KEY, Changes.NONE.add("text", 1), Condition.ALWAYS));

        // Then
        assertThat(refused.code()).isEqualTo(StateException.Code.REFUSED);
    }

    // Limits

    @Test
    void anItemHasAtMost400Kilobytes() {
        // Given
        // "p", "s" and "text" take 1, 1 and 4 bytes beside the names and values of the key.
        int rest = 400 * 1024 - "pk".length() - 1 - "sk".length() - 1 - "text".length();

        // Then
        table.put(Item.at(KEY).with("text", "x".repeat(rest)));
        assertThat(codeOf(() -> table.put(Item.at(KEY).with("text", "x".repeat(rest + 1)))))
                .isEqualTo(StateException.Code.ITEM_TOO_LARGE);
    }

    @Test
    void anUpdateThatMakesAnItemTooLargeChangesNothing() {
        // Given
        Item item = Item.at(KEY).with("a", LARGE).with("b", LARGE);
        table.put(item);

        // Then
        assertThat(codeOf(() -> table.updateIf(KEY, Changes.NONE.set("c", LARGE), Condition.ALWAYS)))
                .isEqualTo(StateException.Code.ITEM_TOO_LARGE);
        assertThat(table.get(KEY)).contains(item);
    }

    @Test
    void keysAreNotEmpty() {
        assertThat(codeOf(() -> table.put(Item.at(new Key("p", ""))))).isEqualTo(StateException.Code.REFUSED);
        assertThat(codeOf(() -> table.put(Item.at(KEY).with("datasource", "")))).isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    void keysOfAnIndexHaveItsTypes() {
        assertThat(codeOf(() -> table.put(Item.at(KEY).with("dueShard", "a")))).isEqualTo(StateException.Code.REFUSED);
        assertThat(codeOf(() -> table.put(Item.at(KEY).with("createdAt", 1)))).isEqualTo(StateException.Code.REFUSED);
    }

    private static StateException.Code codeOf(ThrowingCallable call) {
        return catchThrowableOfType(StateException.class, call).code();
    }

    // Transactions

    @Test
    void aTransactionMakesAllItsWrites() {
        // Given
        table.put(Item.at(key(2)).with("number", 1));
        table.put(Item.at(key(3)));

        // When
        table.transact(List.of(
                Write.put(Item.at(key(1)), Condition.absent()),
                Write.update(key(2), Changes.NONE.add("number", 1), Condition.equal("number", 1)),
                Write.delete(key(3), Condition.present()),
                Write.delete(key(4), Condition.absent().or(Condition.equal("holder", "a"))),
                Write.put(Item.at(key(5)))));

        // Then
        assertThat(table.all(Query.partition("p")))
                .containsExactly(Item.at(key(1)), Item.at(key(2)).with("number", 2), Item.at(key(5)));
    }

    @Test
    void aTransactionWithAConditionThatFailsChangesNothingAndTellsWhichOne() {
        // Given
        Item held = Item.at(key(2)).with("holder", "somebody");
        table.put(held);

        // When
        TransactionCancelledException cancelled = catchThrowableOfType(
                TransactionCancelledException.class,
                () -> table.transact(List.of(
                        Write.put(Item.at(key(1)), Condition.absent()),
                        Write.put(Item.at(key(2)).with("holder", "me"), Condition.absent()),
                        Write.update(key(3), Changes.NONE.set("a", 1), Condition.present()),
                        Write.delete(key(4), Condition.ALWAYS))));

        // Then
        assertThat(cancelled.code()).isEqualTo(StateException.Code.CANCELLED);
        assertThat(cancelled.failures())
                .containsExactly(
                        new Failure(key(2), Reason.CONDITION_FAILED, Optional.of(held)),
                        new Failure(key(3), Reason.CONDITION_FAILED, Optional.empty()));
        assertThat(table.all(Query.partition("p"))).containsExactly(held);
    }

    @Test
    void theItemThatFailsTheConditionOfAnUpdateOrADeletionIsToldToo() {
        // Given
        Item stored = Item.at(key(1)).with("holder", "somebody");
        table.put(stored);
        table.put(Item.at(key(2)).with("holder", "somebody"));

        // When
        TransactionCancelledException cancelled = catchThrowableOfType(
                TransactionCancelledException.class,
                () -> table.transact(List.of(
                        Write.delete(key(1), Condition.equal("holder", "me")),
                        Write.update(key(2), Changes.NONE.set("a", 1), Condition.equal("holder", "me")))));

        // Then
        assertThat(cancelled.failures()).extracting(Failure::stored).allMatch(Optional::isPresent);
        assertThat(cancelled.conditionFailed(key(1))).isTrue();
        assertThat(cancelled.conditionFailed(key(3))).isFalse();
    }

    /** DynamoDB cancels the transaction; its local edition refuses the request. */
    @Test
    void aChangeThatCannotBeMadeKeepsItsTransactionFromTakingEffect() {
        // Given
        table.put(Item.at(key(1)).with("text", "a"));

        // When
        StateException.Code code = codeOf(() -> table.transact(List.of(
                Write.put(Item.at(key(2))), Write.update(key(1), Changes.NONE.add("text", 1), Condition.ALWAYS))));

        // Then
        assertThat(code).isIn(StateException.Code.CANCELLED, StateException.Code.REFUSED);
        assertThat(table.get(key(2))).isEmpty();
    }

    @Test
    void anItemThatIsTooLargeRefusesItsTransaction() {
        // When
        StateException refused = catchThrowableOfType(
                StateException.class,
                () -> table.transact(List.of(
                        Write.put(Item.at(key(1))),
                        Write.put(Item.at(key(2))
                                .with("a", LARGE)
                                .with("b", LARGE)
                                .with("c", LARGE)))));

        // Then
        assertThat(refused.code()).isEqualTo(StateException.Code.ITEM_TOO_LARGE);
        assertThat(table.get(key(1))).isEmpty();
    }

    @Test
    void aTransactionHas100WritesOfDifferentItems() {
        // Given
        List<Write> hundred = new ArrayList<>();
        IntStream.range(0, 100).forEach(number -> hundred.add(Write.put(Item.at(key(number)))));
        List<Write> more = new ArrayList<>(hundred);
        more.add(Write.put(Item.at(key(100))));
        List<Write> twice = List.of(Write.put(Item.at(KEY)), Write.delete(KEY, Condition.ALWAYS));

        // Then
        table.transact(hundred);
        assertThat(table.all(Query.partition("p"))).hasSize(100);
        assertThatThrownBy(() -> table.transact(more)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> table.transact(twice)).isInstanceOf(StateException.class);
        assertThatThrownBy(() -> table.transact(List.of())).isInstanceOf(StateException.class);
    }

    @Test
    void aTransactionHasAtMost4Megabytes() {
        // Given
        List<Write> writes = IntStream.range(0, 15)
                .mapToObj(number ->
                        Write.put(Item.at(key(number)).with("a", LARGE).with("b", LARGE)))
                .toList();

        // Then
        table.transact(writes.subList(0, 14));
        assertThatThrownBy(() -> table.transact(writes)).isInstanceOf(StateException.class);
    }

    // Queries

    @Test
    void aQueryReadsOnePartitionInTheOrderOfSortKeys() {
        // Given
        List.of("b", "a", "ä", "😀", "\uFFFD", "B", "a#1").forEach(sk -> table.put(Item.at(new Key("p", sk))));
        table.put(Item.at(new Key("q", "a")));

        // When
        List<Item> items = table.all(Query.partition("p"));

        // Then
        assertThat(items)
                .extracting(item -> Key.of(item).sk())
                .containsExactly("B", "a", "a#1", "b", "ä", "\uFFFD", "😀");
    }

    @Test
    void aQueryKeepsToItsRange() {
        // Given
        List.of("a#1", "a#2", "a#3", "b#1").forEach(sk -> table.put(Item.at(new Key("p", sk))));
        Query query = Query.partition("p");

        // Then
        assertThat(sortKeys(table.all(query.startingWith("a#").highestFirst()))).containsExactly("a#3", "a#2", "a#1");
        assertThat(sortKeys(table.all(query.between("a#2", "b#1")))).containsExactly("a#2", "a#3", "b#1");
        assertThat(sortKeys(table.all(query.between("a#2", "a#:").highestFirst())))
                .containsExactly("a#3", "a#2");
        assertThat(table.all(Query.partition("none"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void pagesFollowEachOther(boolean descending) {
        // Given
        IntStream.range(0, 7).forEach(number -> table.put(Item.at(key(number))));
        Query query = descending ? Query.partition("p").highestFirst() : Query.partition("p");

        // When
        ItemPage first = table.query(query.limit(3));
        ItemPage second = table.query(query.limit(3).after(first.next()));
        ItemPage third = table.query(query.limit(3).after(second.next()));

        // Then
        List<Item> all = new ArrayList<>(first.items());
        all.addAll(second.items());
        all.addAll(third.items());
        assertThat(all).isEqualTo(table.all(query)).hasSize(7);
        assertThat(third.next()).isNull();
    }

    /** DynamoDB does not look whether anything follows the last item of a full page. */
    @Test
    void aFullPageIsNotTheLastOne() {
        // Given
        IntStream.range(0, 3).forEach(number -> table.put(Item.at(key(number))));

        // When
        ItemPage full = table.query(Query.partition("p").limit(3));

        // Then
        assertThat(full.next()).isEqualTo(new Position(key(2), key(2).sk()));
        assertThat(table.query(Query.partition("p").after(full.next()))).isEqualTo(new ItemPage(List.of(), null));
    }

    @Test
    void aPageBeginsAfterAPlaceThatHasNoItem() {
        // Given
        IntStream.of(1, 3).forEach(number -> table.put(Item.at(key(number))));

        // When
        ItemPage page = table.query(Query.partition("p").after(new Position(key(2), key(2).sk())));

        // Then
        assertThat(page.items()).containsExactly(Item.at(key(3)));
    }

    @Test
    void aPlaceOutsideOfTheQueryIsRefused() {
        // Given
        Query query = Query.partition("p").between("s002", "s005");

        // When
        StateException.Code code = codeOf(() -> table.query(query.after(new Position(key(1), key(1).sk()))));

        // Then
        assertThat(code).isEqualTo(StateException.Code.REFUSED);
    }

    /** Sort keys are unique, so nothing can follow the one at which a range ends. */
    @Test
    void aPageThatEndsWithTheRangeIsTheLastOne() {
        // Given
        IntStream.range(0, 5).forEach(number -> table.put(Item.at(key(number))));

        // When
        ItemPage page = table.query(Query.partition("p").between("s002", "s003").limit(2));

        // Then
        assertThat(page).isEqualTo(new ItemPage(List.of(Item.at(key(2)), Item.at(key(3))), null));
    }

    @Test
    void whatIsGivenIsRefusedBeforeAConditionIsLookedAt() {
        assertThat(codeOf(() -> table.putIf(Item.at(KEY).with("dueShard", "a"), Condition.present())))
                .isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    void anIndexKeyOfAnotherTypeCancelsItsTransaction() {
        // When
        TransactionCancelledException cancelled = catchThrowableOfType(
                TransactionCancelledException.class,
                () -> table.transact(List.of(
                        Write.put(Item.at(key(1)).with("dueShard", "a"), Condition.present()),
                        Write.put(Item.at(key(2)), Condition.present()))));

        // Then
        assertThat(cancelled.failures())
                .containsExactly(
                        new Failure(key(1), Reason.REFUSED, Optional.empty()),
                        new Failure(key(2), Reason.CONDITION_FAILED, Optional.empty()));
    }

    @Test
    void aPageEndsAt1Megabyte() {
        // Given
        IntStream.range(0, 10).forEach(number -> table.put(Item.at(key(number)).with("a", LARGE)));

        // When
        ItemPage page = table.query(Query.partition("p"));

        // Then
        assertThat(page.items()).hasSize(8);
        assertThat(table.all(Query.partition("p"))).hasSize(10);
    }

    @Test
    void firstStopsWhenThereIsEnough() {
        // Given
        IntStream.range(0, 5).forEach(number -> table.put(Item.at(key(number))));

        // Then
        assertThat(table.first(Query.partition("p").limit(2), 3)).hasSize(3);
        assertThat(table.first(Query.partition("p"), 9)).hasSize(5);
    }

    // The index of runs

    @Test
    void runsComeNewestFirstWithFewAttributes() {
        // Given
        IntStream.range(0, 3).forEach(number -> table.put(run(number, "wiki").with("body", "b")));
        table.put(run(4, "other"));
        table.put(Item.at(KEY).with("datasource", "wiki"));

        // When
        List<Item> runs = table.all(Query.runs("wiki", NOW.plusSeconds(1)).limit(1));

        // Then
        assertThat(runs).containsExactly(run(2, "wiki"), run(1, "wiki"));
    }

    @Test
    void aPlaceAmongRunsCanBeMadeOfItsParts() {
        // Given
        IntStream.range(0, 4).forEach(number -> table.put(run(number, "wiki")));
        Item from = run(2, "wiki");

        // When
        ItemPage page = table.query(Query.runs("wiki", Instant.EPOCH)
                .after(new Position(Key.of(from), from.text("createdAt").orElseThrow())));

        // Then
        assertThat(page.items()).containsExactly(run(1, "wiki"), run(0, "wiki"));
    }

    @Test
    void runsOfOneMomentEachHaveAPlace() {
        // Given
        List<Item> runs = IntStream.range(0, 5)
                .mapToObj(number -> Item.at(Key.run("run-" + number))
                        .with("datasource", "wiki")
                        .with("createdAt", NOW))
                .toList();
        runs.forEach(table::put);

        // When
        List<Item> read = table.all(Query.runs("wiki", Instant.EPOCH).limit(2));

        // Then
        assertThat(read).containsExactlyInAnyOrderElementsOf(runs);
    }

    private static Item run(int number, String datasource) {
        return Item.at(Key.run("run-" + number))
                .with("datasource", datasource)
                .with("createdAt", NOW.plusSeconds(number))
                .with("state", "Planned");
    }

    // What is due

    @Test
    void whatIsDueComesFromAllShardsTheOldestFirstHoweverMuchItIs() {
        // Given
        // More than one page of an answer, which ends at 1 MB.
        String body = "x".repeat(20_000);
        IntStream.range(0, 120)
                .forEach(number -> table.put(dueItem(number).with("body", body).with("dueShard", number % 16)));
        IntStream.range(-9, 0).forEach(number -> table.put(dueItem(number).with("dueShard", -number)));

        // When
        List<Item> due = table.due(NOW, 1_000);

        // Then
        assertThat(due)
                .extracting(item -> item.number("minutesAgo", -1))
                .containsExactlyElementsOf(IntStream.range(0, 120)
                        .mapToObj(number -> 119L - number)
                        .toList());
    }

    @Test
    void noMoreComesThanIsAskedFor() {
        // Given
        IntStream.range(0, 400).forEach(number -> table.put(dueItem(number).due("run-" + number, minutesAgo(number))));

        // When
        List<Item> due = table.due(NOW, 160);

        // Then
        assertThat(due).hasSizeBetween(100, 160).doesNotHaveDuplicates();
    }

    @Test
    void everyShardGivesItsShareWhereNotAllCome() {
        // Given
        IntStream.range(0, 160).forEach(number -> table.put(dueItem(number).with("dueShard", number % 16)));

        // When
        List<Item> due = table.due(NOW, 32);

        // Then
        assertThat(due)
                .extracting(item -> item.number("dueShard", -1))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 32).mapToObj(number -> number % 16L).toList());
    }

    @Test
    void theOldestOfAShardComeFirstWhereNotAllCome() {
        // Given
        IntStream.range(0, 40).forEach(number -> table.put(dueItem(number).with("dueShard", 3)));

        // When
        List<Item> due = table.due(NOW, 32);

        // Then
        assertThat(due).extracting(item -> item.number("minutesAgo", -1)).containsExactly(39L, 38L);
    }

    @Test
    void theBacklogGivesTheOldestAndTheNewestWhereNotAllCome() {
        // Given
        IntStream.range(0, 40).forEach(number -> table.put(dueItem(number).with("dueShard", 16 + 3)));

        // When
        List<Item> due = table.due(NOW, 64);

        // Then
        assertThat(due).extracting(item -> item.number("minutesAgo", -1)).hasSize(40);
        assertThat(table.due(NOW, 32))
                .extracting(item -> item.number("minutesAgo", -1))
                .containsExactly(39L, 0L);
    }

    @Test
    void aBacklogDoesNotStandBeforeSteps() {
        // Given
        IntStream.range(1, 500)
                .forEach(number ->
                        table.put(dueItem(number).due(DueLane.BACKLOG, "chunk" + number, minutesAgo(number))));
        IntStream.range(500, 510).forEach(number -> table.put(dueItem(number).due("run" + number, minutesAgo(0))));

        // When
        List<Item> due = table.due(NOW, 160);

        // Then
        assertThat(due)
                .extracting(item -> item.number("minutesAgo", -1))
                .contains(500L, 501L, 502L, 503L, 504L, 505L, 506L, 507L, 508L, 509L);
    }

    @Test
    void nothingWantedIsDueNext() {
        // Given
        table.put(dueItem(1));
        table.put(dueItem(-10));

        // Then
        assertThat(table.nextDue(NOW, item -> false)).isEmpty();
        assertThat(table.nextDue(minutesAgo(2), item -> true)).isEmpty();
    }

    @Test
    void whatIsWantedIsFoundBehindWhatIsNot() {
        // Given
        IntStream.range(0, 100).forEach(number -> table.put(dueItem(number).with("dueShard", number % 16)));
        table.put(dueItem(-5).with("dueShard", 31));

        // When
        Optional<Instant> next = table.nextDue(minutesAgo(-5), item -> item.number("minutesAgo", 0) == -5);

        // Then
        assertThat(next).contains(minutesAgo(-5));
    }

    @Test
    void theEarliestOfAFewIsDueNext() {
        // Given
        IntStream.range(1, 10).forEach(number -> table.put(dueItem(number).with("dueShard", number)));

        // Then
        assertThat(table.nextDue(NOW, item -> true)).contains(minutesAgo(9));
    }

    @Test
    void whatIsNoLongerDueLeavesTheIndex() {
        // Given
        table.put(dueItem(1).due("a", minutesAgo(1)));
        table.put(dueItem(2).due("b", minutesAgo(2)));
        table.put(dueItem(3).due("c", minutesAgo(3)));

        // When
        table.updateIf(Key.of(dueItem(1)), Changes.NONE.notDue(), Condition.ALWAYS);
        table.updateIf(Key.of(dueItem(2)), Changes.NONE.due("b", NOW.plusSeconds(1)), Condition.ALWAYS);
        table.remove(Key.of(dueItem(3)));

        // Then
        assertThat(table.due(NOW, 10)).isEmpty();
        assertThat(table.due(NOW.plusSeconds(1), 10)).hasSize(1);
    }

    private static Item dueItem(int minutesAgo) {
        return Item.at(new Key("item#" + minutesAgo, "item"))
                .with("minutesAgo", minutesAgo)
                .with("dueAt", minutesAgo(minutesAgo));
    }

    private static Instant minutesAgo(int minutes) {
        return NOW.minusSeconds(60L * minutes);
    }

    private static Key key(int number) {
        return new Key("p", "s%03d".formatted(number));
    }

    private static List<String> sortKeys(List<Item> items) {
        return items.stream().map(item -> Key.of(item).sk()).toList();
    }
}
