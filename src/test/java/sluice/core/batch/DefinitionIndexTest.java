package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.DefinitionIndex.Role;
import sluice.core.definition.Definition;
import sluice.core.definition.Definitions;
import sluice.core.definition.SegmentGranularity;

class DefinitionIndexTest {

    private static final Definition EVENTS = Definitions.of(Definitions.MINIMAL);
    private static final Definition MARKED =
            Definitions.of(Definitions.MINIMAL.replace("datasource: events", "datasource: daily")
                    + "  trigger: {on: marker, name: _SUCCESS}\n");
    private static final DefinitionIndex INDEX = DefinitionIndex.of(List.of(EVENTS, MARKED));

    @Test
    void objectFeedsEveryDatasourceThatItBelongsTo() {
        assertThat(INDEX.match("landing", "events/dt=2026-01-01/a.json"))
                .extracting(match -> match.definition().datasource())
                .containsExactly("daily", "events");
    }

    @Test
    void markerStartsOnlyWhoWaitsForIt() {
        assertThat(INDEX.match("landing", "events/dt=2026-01-01/_SUCCESS"))
                .singleElement()
                .satisfies(match -> {
                    assertThat(match.definition().datasource()).isEqualTo("daily");
                    assertThat(match.role()).isEqualTo(Role.MARKER);
                });
    }

    @Test
    void objectOfNobodyMatchesNothing() {
        assertThat(INDEX.match("landing", "other/dt=2026-01-01/a.json")).isEmpty();
        assertThat(INDEX.match("elsewhere", "events/dt=2026-01-01/a.json")).isEmpty();
    }

    @Test
    void batchesAreSortedAndConsistent() {
        TimeChunk first = TimeChunk.holding(Instant.parse("2026-01-01T00:00:00Z"), SegmentGranularity.DAY);
        TimeChunk second = TimeChunk.holding(Instant.parse("2026-01-02T00:00:00Z"), SegmentGranularity.DAY);
        TimeChunk overlapping = new TimeChunk(first.start().plusSeconds(1), second.start());
        InputObject a = new InputObject("landing", "a", "1", 3, Instant.EPOCH);
        InputObject b = new InputObject("landing", "b", "1", 4, Instant.EPOCH);
        InputObject newerA = new InputObject("landing", "a", "2", 3, Instant.EPOCH);

        Batch batch = new Batch("events", List.of(second, first, first), List.of(b, a, b));

        assertThat(batch.chunks()).containsExactly(first, second);
        assertThat(batch.objects()).containsExactly(a, b);
        assertThat(batch.bytes()).isEqualTo(7);
        assertThatThrownBy(() -> new Batch("events", List.of(), List.of(a))).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new Batch("events", List.of(first, overlapping), List.of(a)))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> new Batch("events", List.of(first), List.of(a, newerA)))
                .hasMessageContaining("Two versions");
    }
}
