package sluice.govern.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.TimeChunk;
import sluice.govern.GovernWorld;
import sluice.govern.settings.Reconciliation.Phase;
import sluice.ingest.hold.Hold;
import sluice.ingest.hold.HoldStore;
import sluice.platform.state.Item;
import sluice.platform.state.Key;
import sluice.platform.state.StateTable;

/** What is on hold stays: arriving files wait, and a load rule keeps the coordinator from dropping it. */
class HoldsTest {

    private static final String DAY = "2026-02-01";
    private static final TimeChunk CHUNK =
            new TimeChunk(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-02-02T00:00:00Z"));

    private final GovernWorld world = new GovernWorld();
    private final HoldStore holds = world.bean(HoldStore.class);
    private final SettingsRefresh refresh = world.bean(SettingsRefresh.class);
    private final StateTable table = world.bean(StateTable.class);

    @Test
    void aReplaceOfAHeldChunkWaitsForTheEndOfTheHold() {
        // Given
        world.samples("{\"__time\": 0, \"time\": \"2026-02-01\", \"channel\": \"en\"}");
        world.apply(GovernWorld.text("wiki"));
        world.pass(Duration.ofSeconds(10)).upload("wiki", DAY, "a.json", 10).settle();
        holds.put("wiki", CHUNK, "audit", "alice", null);

        // When
        world.upload("wiki", DAY, "a.json", 4).settle();
        long during = world.rows("wiki");
        holds.remove("wiki", CHUNK);
        world.settle();

        // Then
        assertThat(during).isEqualTo(10);
        assertThat(world.rows("wiki")).isEqualTo(4);
    }

    @Test
    void aHoldIsALoadRuleBeforeAllOthersUntilItsTimeIsOver() {
        // Given
        world.apply(GovernWorld.text("wiki", "retention: {keep: P365D, tiers: {_default_tier: 1}}"));
        world.tickAfter(Duration.ofMinutes(1));

        // When
        holds.put("wiki", CHUNK, "audit", "alice", world.now().plus(Duration.ofHours(1)));
        refresh.refresh("wiki", "alice");
        world.tickAfter(Duration.ofMinutes(1));
        JsonNode during = world.druid().settings().rules("wiki");
        world.tickAfter(Duration.ofHours(1)).tickAfter(Duration.ofMinutes(1));

        // Then
        assertThat(during.get(0).path("type").asText()).isEqualTo("loadByInterval");
        assertThat(during.get(0).path("interval").asText()).isEqualTo(CHUNK.interval());
        assertThat(during.get(0).path("tieredReplicants").path("_default_tier").asInt())
                .isEqualTo(1);
        assertThat(during).hasSize(3);
        assertThat(world.druid().settings().rules("wiki")).hasSize(2);
        assertThat(world.bean(Reconciliations.class).find("wiki").orElseThrow().phase())
                .isEqualTo(Phase.ALIGNED);
        assertThat(holds.find("wiki")).isEmpty();
    }

    @Test
    void aDatasourceWithoutRetentionGetsARuleAndLosesItAgain() {
        // Given
        world.apply(GovernWorld.text("wiki"));
        world.tickAfter(Duration.ofMinutes(1));

        // When
        holds.put("wiki", CHUNK, "audit", "alice", null);
        refresh.refresh("wiki", "alice");
        world.tickAfter(Duration.ofMinutes(1));
        JsonNode during = world.druid().settings().rules("wiki");
        holds.remove("wiki", CHUNK);
        refresh.refresh("wiki", "alice");
        world.tickAfter(Duration.ofMinutes(1));

        // Then
        assertThat(during).hasSize(1);
        assertThat(world.druid().settings().rules("wiki")).isEmpty();
    }

    @Test
    void aHoldThatIsOverDoesNotCount() {
        // Given
        holds.put("wiki", CHUNK, "audit", "alice", world.now().plus(Duration.ofHours(1)));
        Hold known = holds.find("wiki").get(0);

        // When
        world.pass(Duration.ofHours(1));

        // Then
        assertThat(known.reason()).isEqualTo("audit");
        assertThat(holds.find("wiki")).isEmpty();
    }

    @Test
    void aHoldThatCannotBeReadDoesNotStopTheOthersFromEnding() {
        // Given
        world.apply(GovernWorld.text("wiki"));
        Instant until = world.now().plus(Duration.ofHours(1));
        holds.put("wiki", CHUNK, "audit", "alice", until);
        Key broken = Key.hold("another", CHUNK.interval());
        table.put(Item.at(broken).with("hold", "{\"of\": \"a later version\"}").due(broken.pk(), until));

        // When
        world.pass(Duration.ofHours(2));
        refresh.handle(table.due(world.now(), 10), world.now().plusSeconds(60));

        // Then
        assertThat(table.get(Key.hold("wiki", CHUNK.interval()))).isEmpty();
        assertThat(table.get(broken)).isPresent();
        assertThat(table.due(world.now(), 10)).noneMatch(item -> Key.of(item).equals(broken));
    }

    @Test
    void aHoldStaysDueUntilItsRuleIsAboutToGo() {
        // Given
        holds.put("wiki", CHUNK, "audit", "alice", world.now().plus(Duration.ofHours(1)));
        world.pass(Duration.ofHours(2));
        List<Item> due = table.due(world.now(), 10);

        // When
        assertThatIllegalStateException()
                .isThrownBy(() -> holds.end(due, datasource -> {
                    throw new IllegalStateException("killed");
                }));

        // Then
        assertThat(table.get(Key.hold("wiki", CHUNK.interval()))).isPresent();
        assertThat(table.due(world.now(), 10)).hasSameSizeAs(due);
    }
}
