package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.platform.state.Query.Position;
import sluice.platform.state.StateTable.DueLane;

/** The indexes: of runs, and of what is due. */
public interface IndexContract extends StateTableContract {

    @Test
    default void runsComeNewestFirstWithFewAttributes() {
        // Given
        IntStream.range(0, 3).forEach(number -> table().put(run(number, "wiki").with("body", "b")));
        table().put(run(4, "other"));
        table().put(Item.at(KEY).with("datasource", "wiki"));

        // When
        List<Item> runs = table().all(Query.runs("wiki", NOW.plusSeconds(1)).limit(1));

        // Then
        assertThat(runs).containsExactly(run(2, "wiki"), run(1, "wiki"));
    }

    @Test
    default void aPlaceAmongRunsCanBeMadeOfItsParts() {
        // Given
        IntStream.range(0, 4).forEach(number -> table().put(run(number, "wiki")));
        Item from = run(2, "wiki");

        // When
        ItemPage page = table().query(Query.runs("wiki", Instant.EPOCH)
                .after(new Position(Key.of(from), from.text("createdAt").orElseThrow())));

        // Then
        assertThat(page.items()).containsExactly(run(1, "wiki"), run(0, "wiki"));
    }

    @Test
    default void runsOfOneMomentEachHaveAPlace() {
        // Given
        List<Item> runs = IntStream.range(0, 5)
                .mapToObj(number -> Item.at(Key.run("run-" + number))
                        .with("datasource", "wiki")
                        .with("createdAt", NOW))
                .toList();
        runs.forEach(table()::put);

        // When
        List<Item> read = table().all(Query.runs("wiki", Instant.EPOCH).limit(2));

        // Then
        assertThat(read).containsExactlyInAnyOrderElementsOf(runs);
    }

    @Test
    default void whatIsDueComesFromAllShardsTheOldestFirstHoweverMuchItIs() {
        // Given
        // More than one page of an answer, which ends at 1 MB.
        String body = "x".repeat(20_000);
        IntStream.range(0, 120).forEach(number -> table().put(
                        dueItem(number).with("body", body).with("dueShard", number % 16)));
        IntStream.range(-9, 0).forEach(number -> table().put(dueItem(number).with("dueShard", -number)));

        // When
        List<Item> due = table().due(NOW, 1_000);

        // Then
        assertThat(due)
                .extracting(item -> item.number("minutesAgo", -1))
                .containsExactlyElementsOf(IntStream.range(0, 120)
                        .mapToObj(number -> 119L - number)
                        .toList());
    }

    @Test
    default void noMoreComesThanIsAskedFor() {
        // Given
        IntStream.range(0, 400)
                .forEach(number -> table().put(dueItem(number).due("run-" + number, minutesAgo(number))));

        // When
        List<Item> due = table().due(NOW, 160);

        // Then
        assertThat(due).hasSizeBetween(100, 160).doesNotHaveDuplicates();
    }

    @Test
    default void everyShardGivesItsShareWhereNotAllCome() {
        // Given
        IntStream.range(0, 160).forEach(number -> table().put(dueItem(number).with("dueShard", number % 16)));

        // When
        List<Item> due = table().due(NOW, 32);

        // Then
        assertThat(due)
                .extracting(item -> item.number("dueShard", -1))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 32).mapToObj(number -> number % 16L).toList());
    }

    @Test
    default void theOldestOfAShardComeFirstWhereNotAllCome() {
        // Given
        IntStream.range(0, 40).forEach(number -> table().put(dueItem(number).with("dueShard", 3)));

        // When
        List<Item> due = table().due(NOW, 32);

        // Then
        assertThat(due).extracting(item -> item.number("minutesAgo", -1)).containsExactly(39L, 38L);
    }

    @Test
    default void theBacklogGivesTheOldestAndTheNewestWhereNotAllCome() {
        // Given
        IntStream.range(0, 40).forEach(number -> table().put(dueItem(number).with("dueShard", 16 + 3)));

        // When
        List<Item> due = table().due(NOW, 64);

        // Then
        assertThat(due).extracting(item -> item.number("minutesAgo", -1)).hasSize(40);
        assertThat(table().due(NOW, 32))
                .extracting(item -> item.number("minutesAgo", -1))
                .containsExactly(39L, 0L);
    }

    @Test
    default void aBacklogDoesNotStandBeforeSteps() {
        // Given
        IntStream.range(1, 500).forEach(number -> table().put(
                        dueItem(number).due(DueLane.BACKLOG, "chunk" + number, minutesAgo(number))));
        IntStream.range(500, 510).forEach(number -> table().put(dueItem(number).due("run" + number, minutesAgo(0))));

        // When
        List<Item> due = table().due(NOW, 160);

        // Then
        assertThat(due)
                .extracting(item -> item.number("minutesAgo", -1))
                .contains(500L, 501L, 502L, 503L, 504L, 505L, 506L, 507L, 508L, 509L);
    }

    @Test
    default void nothingWantedIsDueNext() {
        // Given
        table().put(dueItem(1).with("dueShard", 3));
        table().put(dueItem(-10).with("dueShard", 3));

        // Then
        assertThat(table().nextDue(NOW, item -> false)).isEqualTo(new NextDue(false, Optional.empty()));
        assertThat(table().nextDue(minutesAgo(2), item -> true)).isEqualTo(new NextDue(true, Optional.empty()));
    }

    @Test
    default void whatIsWantedIsFoundBehindWhatIsNot() {
        // Given
        IntStream.range(0, 100).forEach(number -> table().put(dueItem(number).with("dueShard", number % 16)));
        table().put(dueItem(-5).with("dueShard", 31));

        // When
        NextDue next = table().nextDue(minutesAgo(-5), item -> item.number("minutesAgo", 0) == -5);

        // Then
        assertThat(next).isEqualTo(new NextDue(false, Optional.of(minutesAgo(-5))));
    }

    @Test
    default void theEarliestOfAFewIsDueNext() {
        // Given
        IntStream.range(1, 10).forEach(number -> table().put(dueItem(number).with("dueShard", number)));

        // Then
        assertThat(table().nextDue(NOW, item -> true).wanted()).contains(minutesAgo(9));
    }

    @Test
    default void whatIsNoLongerDueLeavesTheIndex() {
        // Given
        table().put(dueItem(1).due("a", minutesAgo(1)));
        table().put(dueItem(2).due("b", minutesAgo(2)));
        table().put(dueItem(3).due("c", minutesAgo(3)));

        // When
        table().updateIf(Key.of(dueItem(1)), Changes.NONE.notDue(), Condition.ALWAYS);
        table().updateIf(Key.of(dueItem(2)), Changes.NONE.due("b", NOW.plusSeconds(1)), Condition.ALWAYS);
        table().remove(Key.of(dueItem(3)));

        // Then
        assertThat(table().due(NOW, 10)).isEmpty();
        assertThat(table().due(NOW.plusSeconds(1), 10)).hasSize(1);
    }

    private static Item run(int number, String datasource) {
        return Item.at(Key.run("run-" + number))
                .with("datasource", datasource)
                .with("createdAt", NOW.plusSeconds(number))
                .with("state", "Planned");
    }

    private static Item dueItem(int minutesAgo) {
        return Item.at(new Key("item#" + minutesAgo, "item"))
                .with("minutesAgo", minutesAgo)
                .with("dueAt", minutesAgo(minutesAgo));
    }

    private static Instant minutesAgo(int minutes) {
        return NOW.minusSeconds(60L * minutes);
    }
}
