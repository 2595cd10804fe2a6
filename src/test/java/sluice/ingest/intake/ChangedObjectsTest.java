package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;

class ChangedObjectsTest {

    private final IngestFixture fixture = new IngestFixture();
    private final ChangedObjects changed = fixture.bean(ChangedObjects.class);

    @Test
    void theOtherObjectsOfAnAppendAreLoadedAgain() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = fixture.upload("a.json", 3);
        Run run = fixture.planned(IngestFixture.definition("append"), "b.json", 5);
        fixture.upload("a.json", 7);
        Run failed = fixture.failed(run, Problem.Code.OBJECTS_CHANGED);

        // When
        changed.ended(failed);

        // Then
        assertThat(fixture.due()).isNotEmpty();
        fixture.bean(Planner.class).plan(new ChunkId(FEED, DAY));
        Run again = fixture.runs().stream()
                .filter(other -> !other.id().equals(run.id()))
                .findFirst()
                .orElseThrow();
        assertThat(fixture.bean(RunStore.class).plan(again).objects())
                .hasSize(2)
                .doesNotContain(first)
                .extracting(InputObject::key)
                .allMatch(key -> key.endsWith("a.json") || key.endsWith("b.json"));
    }

    @Test
    void otherFailuresWaitForAnArrival() {
        // Given
        Run run = fixture.planned(IngestFixture.definition("append"), "a.json", 3);
        Run failed = fixture.failed(run, Problem.Code.TASK_FAILED);
        ChunkState before =
                fixture.bean(ChunkStore.class).find(new ChunkId(FEED, DAY)).orElseThrow();

        // When
        changed.ended(failed);

        // Then
        assertThat(fixture.bean(ChunkStore.class).find(new ChunkId(FEED, DAY))).contains(before);
    }
}
