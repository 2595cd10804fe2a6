package sluice.upkeep.clusters;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.day;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sluice.core.batch.RunKind;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.SegmentSnapshot;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.WrittenSegment;
import sluice.simulation.druid.CallFault;
import sluice.upkeep.UpkeepFixture;
import sluice.upkeep.UpkeepRuns;
import sluice.upkeep.clusters.Writers.Chunk;
import sluice.upkeep.clusters.Writers.Column;
import sluice.upkeep.clusters.Writers.OnCluster;
import sluice.upkeep.clusters.Writers.Part;

class WriterComparisonTest {

    private static final String MONDAY = "2026-01-05T00:00:00.000Z/2026-01-06T00:00:00.000Z";
    private static final String TUESDAY = "2026-01-06T00:00:00.000Z/2026-01-07T00:00:00.000Z";

    private final UpkeepFixture fixture = new UpkeepFixture();
    private final WriterComparison comparison = fixture.bean(WriterComparison.class);

    @Test
    void segmentsThatARunHasNotedAreBatchAndTheOthersAreOfTheStream() {
        // Given: a run has loaded a day, and a stream has appended to it
        fixture.load(fixture.main(), "wiki", 1);
        Set<String> own = Set.copyOf(fixture.main().usedSegments("wiki"));
        RunStore runs = fixture.bean(RunStore.class);
        Run run =
                runs.save(UpkeepRuns.available(runs.save(UpkeepRuns.planned("a-run", "main", RunKind.BATCH, day(1)))));
        runs.mark(run, SegmentSnapshot.NONE.after(own, List.of()));
        fixture.append(fixture.main(), "wiki", 1, 5).load(fixture.main(), "wiki", 30);

        // When
        Writers writers = comparison.compare("wiki", List.of("main", "nowhere"), null);

        // Then
        assertThat(writers.clusters().get(0).chunks())
                .containsExactly(new Chunk(day(1).interval(), new Part(1, 10), new Part(1, 5), Part.NONE, Part.NONE));
        assertThat(writers.clusters().get(1).problem()).contains("no such cluster");
        assertThat(comparison
                        .compare("wiki", List.of("main"), day(30))
                        .clusters()
                        .get(0)
                        .chunks())
                .extracting(Chunk::interval)
                .containsExactly(day(30).interval());
    }

    @Test
    void aClusterThatDoesNotRespondSaysSo() {
        // Given
        fixture.main().faults((call, subject) -> Optional.of(new CallFault.Refused(DruidException.Code.UNAVAILABLE)));

        // When
        Writers writers = comparison.compare("wiki", List.of("main", "second"), null);

        // Then
        assertThat(writers.clusters().get(0).problem()).isNotNull();
        assertThat(writers.clusters().get(1).problem()).isNull();
    }

    @Test
    void whatIsBeingReadAndWhatWasCompactedIsApart() {
        // Given
        List<WrittenSegment> segments = List.of(
                segment("run", MONDAY, 100, false, false, Set.of("page", "referrer")),
                segment("published", MONDAY, 20, false, false, Set.of("page", "country")),
                segment("compacted", TUESDAY, 70, false, true, Set.of("page", "old")),
                segment("reading", TUESDAY, 7, true, false, Set.of()));

        // When
        OnCluster writers = WriterComparison.of("main", segments, Set.of("run"));

        // Then
        assertThat(writers.chunks())
                .containsExactly(
                        new Chunk(TUESDAY, Part.NONE, new Part(1, 7), new Part(1, 7), new Part(1, 70)),
                        new Chunk(MONDAY, new Part(1, 100), new Part(1, 20), Part.NONE, Part.NONE));
        assertThat(writers.columns())
                .containsExactly(new Column("country", false, true), new Column("referrer", true, false));
    }

    @Test
    void columnsDifferOnlyWhereBothHaveWritten() {
        // When
        OnCluster writers = WriterComparison.of(
                "main", List.of(segment("run", MONDAY, 100, false, false, Set.of("page"))), Set.of("run"));

        // Then
        assertThat(writers.columns()).isEmpty();
    }

    private static WrittenSegment segment(
            String id, String interval, long rows, boolean realtime, boolean compacted, Set<String> columns) {
        return new WrittenSegment(id, interval, rows, realtime, compacted, columns);
    }
}
