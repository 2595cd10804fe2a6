package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items, conditions, updates, and limits. */
public interface ItemContract extends StateTableContract {

    @Test
    default void anItemComesBackAsItWasStored() {
        // Given
        Item item = Item.at(KEY)
                .with("text", "ä€😀")
                .with("number", -1_200)
                .with("time", NOW)
                .with("texts", List.of("b", "a"))
                .withCompressed("body", "long");

        // When
        table().put(item);

        // Then
        assertThat(table().get(KEY)).contains(item);
    }

    @Test
    default void aBatchReadsTheItemsThatExist() {
        // Given
        List<Key> keys = IntStream.range(0, StateTable.MOST_KEYS)
                .mapToObj(StateTableContract::key)
                .toList();
        table().put(Item.at(StateTableContract.key(7)).with("a", 7));
        table().put(Item.at(StateTableContract.key(99)).with("a", 99));

        // When
        List<Item> items = table().getAll(keys);

        // Then
        assertThat(items)
                .containsExactlyInAnyOrder(
                        Item.at(StateTableContract.key(7)).with("a", 7),
                        Item.at(StateTableContract.key(99)).with("a", 99));
    }

    @Test
    default void aBatchOfLargeItemsIsReadAsAWhole() {
        // Given
        List<Key> keys =
                IntStream.range(0, 60).mapToObj(StateTableContract::key).toList();
        keys.forEach(key -> table().put(Item.at(key).with("a", LARGE).with("b", LARGE)));

        // When
        List<Item> items = table().getAll(keys);

        // Then
        assertThat(items).hasSize(60);
    }

    @Test
    default void aBatchHas100DifferentKeys() {
        // Given
        List<Key> more = IntStream.range(0, StateTable.MOST_KEYS + 1)
                .mapToObj(StateTableContract::key)
                .toList();

        // Then
        assertThat(StateTableContract.codeOf(() -> table().getAll(more))).isEqualTo(StateException.Code.REFUSED);
        assertThat(StateTableContract.codeOf(() -> table().getAll(List.of()))).isEqualTo(StateException.Code.REFUSED);
        assertThat(StateTableContract.codeOf(() -> table().getAll(List.of(KEY, KEY))))
                .isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    default void anItemThatIsAbsentIsEmpty() {
        assertThat(table().get(KEY)).isEmpty();
    }

    @Test
    default void aPutReplacesTheWholeItem() {
        // Given
        table().put(Item.at(KEY).with("a", 1).with("b", 1));

        // When
        table().put(Item.at(KEY).with("a", 2));

        // Then
        assertThat(table().get(KEY)).contains(Item.at(KEY).with("a", 2));
    }

    @Test
    default void whatIsRemovedIsGoneAndCanBeRemovedAgain() {
        // Given
        table().put(Item.at(KEY));
        table().remove(KEY);

        // When
        table().remove(KEY);

        // Then
        assertThat(table().get(KEY)).isEmpty();
    }

    @Test
    default void absentHoldsUntilThereIsAnItem() {
        assertThat(table().putIf(Item.at(KEY), Condition.absent())).isTrue();
        assertThat(table().putIf(Item.at(KEY).with("a", 1), Condition.absent())).isFalse();
        assertThat(table().get(KEY)).contains(Item.at(KEY));
    }

    @Test
    default void presentHoldsWhereThereIsAnItem() {
        assertThat(table().putIf(Item.at(KEY), Condition.present())).isFalse();
        table().put(Item.at(KEY));
        assertThat(table().putIf(Item.at(KEY).with("a", 1), Condition.present()))
                .isTrue();
    }

    @Test
    default void conditionsAreAboutWhatIsStored() {
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
    default void conditionsAreJoined() {
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
    default void anAttributeMayHaveAnyName() {
        // Given
        table().put(Item.at(KEY).with("state", "a").with("size", 1));

        // When
        Optional<Item> updated = table().updateIf(
                        KEY,
                        Changes.NONE.set("state", "b").add("size", 1).set("with.dot", "c"),
                        Condition.equal("state", "a").and(Condition.lacks("time")));

        // Then
        assertThat(updated)
                .contains(Item.at(KEY).with("state", "b").with("size", 2).with("with.dot", "c"));
    }

    @Test
    default void anUpdateCreatesAnItemThatIsAbsent() {
        // When
        Optional<Item> created = table().updateIf(
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
        assertThat(table().get(KEY)).contains(expected);
    }

    @Test
    default void anUpdateChangesNamedAttributesOnly() {
        // Given
        table().put(Item.at(KEY)
                .with("kept", "k")
                .with("text", "a")
                .with("time", NOW)
                .with("number", 3)
                .with("texts", List.of("x", "y"))
                .with("gone", "g"));

        // When
        Optional<Item> updated = table().updateIf(
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
    default void anUpdateWhoseConditionFailsChangesNothing() {
        // When
        Optional<Item> updated = table().updateIf(KEY, Changes.NONE.set("a", 1), Condition.present());

        // Then
        assertThat(updated).isEmpty();
        assertThat(table().get(KEY)).isEmpty();
    }

    @Test
    default void anUpdateThatOnlyRemovesCreatesAnItemToo() {
        // When
        Optional<Item> created = table().updateIf(KEY, Changes.NONE.remove("a"), Condition.ALWAYS);

        // Then
        assertThat(created).contains(Item.at(KEY));
        assertThat(table().get(KEY)).contains(Item.at(KEY));
    }

    @Test
    default void addingToAnotherTypeIsRefused() {
        // Given
        table().put(Item.at(KEY).with("text", "a"));

        // When
        StateException refused = catchThrowableOfType(
                StateException.class, () -> table().updateIf(KEY, Changes.NONE.add("text", 1), Condition.ALWAYS));

        // Then
        assertThat(refused.code()).isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    default void anItemHasAtMost400Kilobytes() {
        // Given
        // "p", "s" and "text" take 1, 1 and 4 bytes beside the names and values of the key.
        int rest = 400 * 1024 - "pk".length() - 1 - "sk".length() - 1 - "text".length();

        // Then
        table().put(Item.at(KEY).with("text", "x".repeat(rest)));
        assertThat(StateTableContract.codeOf(() -> table().put(Item.at(KEY).with("text", "x".repeat(rest + 1)))))
                .isEqualTo(StateException.Code.ITEM_TOO_LARGE);
    }

    @Test
    default void anUpdateThatMakesAnItemTooLargeChangesNothing() {
        // Given
        Item item = Item.at(KEY).with("a", LARGE).with("b", LARGE);
        table().put(item);

        // Then
        assertThat(StateTableContract.codeOf(
                        () -> table().updateIf(KEY, Changes.NONE.set("c", LARGE), Condition.ALWAYS)))
                .isEqualTo(StateException.Code.ITEM_TOO_LARGE);
        assertThat(table().get(KEY)).contains(item);
    }

    @Test
    default void keysAreNotEmpty() {
        assertThat(StateTableContract.codeOf(() -> table().put(Item.at(new Key("p", "")))))
                .isEqualTo(StateException.Code.REFUSED);
        assertThat(StateTableContract.codeOf(() -> table().put(Item.at(KEY).with("datasource", ""))))
                .isEqualTo(StateException.Code.REFUSED);
    }

    @Test
    default void keysOfAnIndexHaveItsTypes() {
        assertThat(StateTableContract.codeOf(() -> table().put(Item.at(KEY).with("dueShard", "a"))))
                .isEqualTo(StateException.Code.REFUSED);
        assertThat(StateTableContract.codeOf(() -> table().put(Item.at(KEY).with("createdAt", 1))))
                .isEqualTo(StateException.Code.REFUSED);
    }

    private boolean holds(Condition condition) {
        table().put(Item.at(KEY).with("number", 7).with("text", "a").with("time", NOW));
        return table().putIf(Item.at(KEY), condition);
    }
}
