package sluice.upkeep.compaction;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.upkeep.UpkeepFixture.NOW;
import static sluice.upkeep.UpkeepFixture.day;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import sluice.upkeep.compaction.ChunkCompaction.State;

class ChunkCompactionTest {

    private static final Instant LATER = NOW.plusSeconds(60);
    private static final ChunkCompaction WAITING =
            ChunkCompaction.begun("wiki", day(3), "hash", NOW).moved(State.WAITING, "main", "busy", NOW);

    @Test
    void theTimeCountsFromTheChangeOfStateOrCluster() {
        assertThat(WAITING.moved(State.WAITING, "main", "still busy", LATER).since())
                .isEqualTo(NOW);
        assertThat(WAITING.moved(State.WAITING, "second", "busy", LATER).since())
                .isEqualTo(LATER);
        assertThat(WAITING.moved(State.STOPPED, "main", "failed", LATER).since())
                .isEqualTo(LATER);
    }

    @Test
    void aPlannedRunIsRemembered() {
        // When
        ChunkCompaction planned = WAITING.planned("run-1", "main", "small segments", LATER);
        ChunkCompaction done = planned.moved(State.DONE, null, "one segment", LATER);

        // Then
        assertThat(planned.state()).isEqualTo(State.PLANNED);
        assertThat(planned.since()).isEqualTo(LATER);
        assertThat(done.runId()).isEqualTo("run-1");
    }

    @Test
    void aLaterLoadBringsItsDefinition() {
        assertThat(WAITING.loadedBy("newer", LATER))
                .isEqualTo(new ChunkCompaction("wiki", day(3), "newer", State.WAITING, "main", "busy", null, NOW));
    }
}
