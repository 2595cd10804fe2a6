package sluice.platform.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;

class LargeTextsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Key KEY = new Key("run#a", "plan#1");
    private static final String LARGE = random(2_000_000);

    private final ManualClock clock = new ManualClock(NOW);
    private final InMemoryStateTable table = new InMemoryStateTable(clock);
    private final LargeTexts texts = new LargeTexts(table);

    @Test
    void aTextThatFitsIsInItsItemAsInEarlierVersions() {
        // When
        Item item = texts.with(Item.at(KEY), "body", "short", NOW.plusSeconds(9));

        // Then
        assertThat(item).isEqualTo(Item.at(KEY).withCompressed("body", "short"));
        assertThat(texts.find(item, "body")).contains("short");
        assertThat(table.items()).isEmpty();
    }

    @Test
    void aTextThatDoesNotFitIsInParts() {
        // When
        Item item = texts.with(Item.at(KEY), "body", LARGE, NOW.plusSeconds(9));

        // Then
        assertThat(texts.find(item, "body")).contains(LARGE);
        assertThat(item.attributes()).doesNotContainKey("body");
        List<Item> parts = table.items().toList();
        assertThat(parts).hasSizeGreaterThan(3).allSatisfy(part -> {
            assertThat(part.bytes("body")).hasSizeLessThanOrEqualTo(300_000);
            assertThat(part.number(StateTable.TTL, 0))
                    .isEqualTo(NOW.plusSeconds(9).getEpochSecond());
        });
    }

    @Test
    void theSameTextTwiceIsTheSameParts() {
        // Given
        Item first = texts.with(Item.at(KEY), "body", LARGE, NOW);
        long parts = table.items().count();

        // When
        Item second = texts.with(Item.at(KEY), "body", LARGE, NOW);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(table.items()).hasSize((int) parts);
    }

    @Test
    void anotherTextDoesNotTouchTheParts() {
        // Given
        Item item = texts.with(Item.at(KEY), "body", LARGE, NOW);

        // When
        texts.with(Item.at(KEY), "body", "x" + LARGE, NOW);

        // Then
        assertThat(texts.find(item, "body")).contains(LARGE);
    }

    @Test
    void aMissingPartIsSaid() {
        // Given
        Item item = texts.with(Item.at(KEY), "body", LARGE, NOW);
        table.remove(Key.of(table.items().findFirst().orElseThrow()));

        // Then
        assertThatThrownBy(() -> texts.find(item, "body"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("parts");
    }

    @Test
    void anItemWithoutTheTextHasNone() {
        assertThat(texts.find(Item.at(KEY), "body")).isEmpty();
    }

    private static String random(int length) {
        return new Random(1)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, (text, letter) -> text.append((char) letter), StringBuilder::append)
                .toString();
    }
}
