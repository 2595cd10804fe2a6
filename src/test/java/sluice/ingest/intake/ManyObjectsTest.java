package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;

/** A day of so many files that an append takes two runs; {@link ManyObjectsIT} has more. */
class ManyObjectsTest extends ManyObjects {

    ManyObjectsTest() {
        super(6_000);
    }

    @Test
    void aPlannerThatDiesBetweenTheRunsOfAnAppendIsContinued() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        fixture.uploadMany(DAY, 12_000);
        fixture.bean(ChunkStore.class).touch(CHUNK, fixture.clock.instant(), Duration.ZERO);
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 2) {
                throw new IllegalStateException("killed");
            }
        });
        try {
            fixture.bean(Planner.class).plan(CHUNK);
        } catch (IllegalStateException killed) {
            assertThat(fixture.runs()).hasSize(1);
        }

        // When
        fixture.bean(Planner.class).plan(CHUNK);

        // Then
        assertThat(fixture.runs()).hasSize(3);
        List<InputObject> loaded =
                fixture.runs().stream().flatMap(run -> plan(run).stream()).toList();
        assertThat(loaded).hasSize(12_000).doesNotHaveDuplicates();
    }
}
