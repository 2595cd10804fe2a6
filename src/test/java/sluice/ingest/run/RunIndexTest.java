package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.run.RunExamples.NOON;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.run.RunIndex.Filter;
import sluice.ingest.run.RunIndex.Page;
import sluice.platform.state.StateTable;
import sluice.simulation.Beans;
import sluice.simulation.InMemoryStateTable;
import sluice.simulation.ManualClock;

class RunIndexTest {

    private static final Filter ALL = new Filter("wikipedia", null, null);

    private final ManualClock clock = new ManualClock(NOON);
    private final StateTable table = new InMemoryStateTable(clock);
    private final Beans beans = new Beans(Map.of("sluice.table", "sluice", "sluice.bus", "sluice"))
            .with(Clock.class, clock)
            .with(ObjectMapper.class, RunExamples.MAPPER)
            .with(StateTable.class, table);
    private final RunStore runs = beans.get(RunStore.class);
    private final RunIndex index = beans.get(RunIndex.class);

    @Test
    void pagesFollowEachOtherNewestFirst() {
        // Given
        IntStream.range(0, 5).forEach(this::store);

        // When
        List<String> ids = new ArrayList<>();
        Page page = index.page(ALL, 2, null);
        ids.addAll(ids(page));
        while (page.next() != null) {
            page = index.page(ALL, 2, page.next());
            ids.addAll(ids(page));
        }

        // Then
        assertThat(ids).containsExactly("run-4", "run-3", "run-2", "run-1", "run-0");
    }

    @Test
    void aRunHasWhatAListShows() {
        // Given
        Run run = store(1);

        // When
        Page page = index.page(ALL, 2, null);

        // Then
        assertThat(page.runs())
                .containsExactly(
                        new RunSummary("run-1", "main", "wikipedia", "batch", "Planned", run.createdAt(), "hash"));
        assertThat(page.next()).isNull();
    }

    @Test
    void runsAreFilteredByStateAndTime() {
        // Given
        IntStream.range(0, 4).forEach(this::store);
        Run second = runs.find("run-1").orElseThrow();
        runs.save(second.moved(new RunState.Cancelled(NOON, "not needed"), null, null));

        // Then
        assertThat(ids(index.page(new Filter("wikipedia", "Cancelled", null), 9, null)))
                .containsExactly("run-1");
        assertThat(ids(index.page(new Filter("wikipedia", null, NOON.plusSeconds(2)), 9, null)))
                .containsExactly("run-3", "run-2");
        assertThat(ids(index.page(new Filter("other", null, null), 9, null))).isEmpty();
    }

    /** A filter that nothing passes reads ten times and says where to go on. */
    @Test
    void aFilterThatPassesOverManyRunsEndsItsPage() {
        // Given
        IntStream.range(0, 5_200).forEach(this::store);

        // When
        Page page = index.page(new Filter("wikipedia", "Failed", null), 9, null);
        Page rest = index.page(new Filter("wikipedia", "Failed", null), 9, page.next());

        // Then
        assertThat(page.runs()).isEmpty();
        assertThat(place(page)).endsWith(" run#run-200");
        assertThat(rest.next()).isNull();
        assertThat(index.all("wikipedia")).hasSize(5_200);
    }

    @Test
    void aPlaceThatIsNoneIsRefused() {
        // Given
        String forged = Base64.getUrlEncoder().encodeToString("2026 item#a".getBytes(StandardCharsets.UTF_8));

        // Then
        assertThatThrownBy(() -> index.page(ALL, 2, forged)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> index.page(ALL, 2, "***")).isInstanceOf(IllegalArgumentException.class);
    }

    private Run store(int number) {
        return runs.save(Run.first(
                "run-" + number,
                "main",
                "wikipedia",
                RunKind.BATCH,
                Mode.REPLACE,
                List.of(),
                "hash",
                "spec",
                Duration.ofHours(4),
                NOON.plusSeconds(number)));
    }

    private static List<String> ids(Page page) {
        return page.runs().stream().map(RunSummary::id).toList();
    }

    private static String place(Page page) {
        return new String(Base64.getUrlDecoder().decode(page.next()), StandardCharsets.UTF_8);
    }
}
