package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.Submitter;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;

/** A day of 50,000 small files. */
class ManyObjectsTest {

    private static final int OBJECTS = 50_000;
    private static final ChunkId CHUNK = new ChunkId(FEED, DAY);

    private final IngestFixture fixture = new IngestFixture();
    private final Map<TableCall.Kind, Integer> calls = new EnumMap<>(TableCall.Kind.class);

    @ParameterizedTest
    @CsvSource({"replace, 1", "append, 10"})
    void aDayOf50000ObjectsIsPlannedAndSubmitted(String mode, int runs) {
        // Given
        fixture.define(IngestFixture.definition(mode));
        fixture.uploadMany(DAY, OBJECTS);
        fixture.bean(ChunkStore.class).touch(CHUNK, fixture.clock.instant(), Duration.ZERO);
        count();

        // When
        fixture.bean(Planner.class).plan(CHUNK);
        print(mode, "plan");
        fixture.runs().forEach(run -> fixture.bean(Submitter.class).submit(run.id()));
        print(mode, "submit");
        fixture.runs().forEach(this::end);
        print(mode, "end");

        // Then
        assertThat(fixture.runs()).hasSize(runs).allMatch(run -> run.attempt() == 1);
        Set<InputObject> loaded = new HashSet<>();
        fixture.runs().forEach(run -> loaded.addAll(plan(run)));
        assertThat(loaded).hasSize(OBJECTS);
        assertThat(fixture.bean(ChunkStore.class).find(CHUNK).orElseThrow().isPlanned())
                .isTrue();
        assertThat(calls.values().stream().mapToInt(Integer::intValue).sum()).isLessThan(OBJECTS / 20);
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
        Set<InputObject> loaded = new HashSet<>();
        fixture.runs().forEach(run -> loaded.addAll(plan(run)));
        assertThat(loaded).hasSize(12_000);
        assertThat(fixture.runs().stream().mapToInt(run -> plan(run).size()).sum())
                .isEqualTo(12_000);
    }

    private void end(Run run) {
        fixture.bean(Ledger.class).ended(run, run.state(), plan(run), null, List.of());
    }

    private List<InputObject> plan(Run run) {
        return fixture.bean(RunStore.class).plan(run).objects();
    }

    private void count() {
        fixture.table.observer(new TableObserver() {
            @Override
            public void after(TableCall call) {
                calls.merge(call.kind(), 1, Integer::sum);
            }
        });
    }

    private void print(String mode, String step) {
        int all = calls.values().stream().mapToInt(Integer::intValue).sum();
        System.out.printf(
                Locale.ROOT,
                "%d objects, %s, until %s: %d calls of the state table, %.4f an object: %s%n",
                OBJECTS,
                mode,
                step,
                all,
                (double) all / OBJECTS,
                calls);
    }
}
