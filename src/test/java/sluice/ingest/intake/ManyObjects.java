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
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.Ledger;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.submission.Submitter;
import sluice.platform.state.Key;
import sluice.simulation.ItemSize;
import sluice.simulation.TableCall;
import sluice.simulation.TableObserver;

/** A day of many small files. It prints what a file costs in calls of the state table. */
abstract class ManyObjects {

    /** Arrivals of which the calls are counted together. */
    private static final int SOME = 1_000;

    /** Druid takes no task of more than 16 MB. */
    private static final int MOST_OF_A_REPLACE = 150_000;

    static final ChunkId CHUNK = new ChunkId(FEED, DAY);

    private final int objects;
    final IngestFixture fixture = new IngestFixture();
    private final Map<TableCall.Kind, Integer> calls = new EnumMap<>(TableCall.Kind.class);
    private int arrived;

    /** @param objects how many files the day has */
    ManyObjects(int objects) {
        this.objects = objects;
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aDayOfManyObjectsIsPlannedAndSubmitted(String mode) {
        // Given
        int runs = mode.equals("replace") ? 1 : (objects - 1) / TaskSize.MOST_OBJECTS_OF_AN_APPEND + 1;
        fixture.define(IngestFixture.definition(mode));
        fixture.uploadMany(DAY, objects);
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
        assertThat(fixture.runs())
                .hasSize(runs)
                .allMatch(run -> run.attempt() == 1)
                .allMatch(run -> isTooLarge(mode) ? isRefused(run) : !run.hasEnded());
        Set<InputObject> loaded = new HashSet<>();
        fixture.runs().forEach(run -> loaded.addAll(plan(run)));
        assertThat(loaded).hasSize(objects);
        assertThat(fixture.bean(ChunkStore.class).find(CHUNK).orElseThrow().isPlanned())
                .isTrue();
        assertThat(total(calls)).isLessThan(objects / 20);
    }

    @Test
    void theLastOfManyArrivalsCostsWhatTheFirstDoes() {
        // Given
        fixture.define(IngestFixture.definition("append").batch("trigger", "{on: object, settle: PT1H}"));
        count();
        arrive(SOME);
        Map<TableCall.Kind, Integer> first = Map.copyOf(calls);
        int size = sizeOfTheChunk();
        arrive(objects - 2 * SOME);
        calls.clear();

        // When
        arrive(SOME);

        // Then
        System.out.printf(
                Locale.ROOT,
                "%d objects arrive: calls of the state table for the first %d %s, for the last %d %s;"
                        + " the item of their time chunk has %d and %d bytes%n",
                objects,
                SOME,
                first,
                SOME,
                calls,
                size,
                sizeOfTheChunk());
        assertThat(total(calls)).isPositive().isLessThanOrEqualTo(total(first));
        assertThat(sizeOfTheChunk()).isLessThan(size + 10);
    }

    private void arrive(int many) {
        for (int number = 0; number < many; number++) {
            fixture.bean(Intake.class).arrived(fixture.notification(fixture.upload(arrived++ + ".json", 1)));
            fixture.clock.advance(Duration.ofMillis(1));
        }
    }

    private int sizeOfTheChunk() {
        return fixture.table
                .items()
                .filter(item -> Key.of(item).equals(CHUNK.key()))
                .mapToInt(ItemSize::of)
                .sum();
    }

    private static int total(Map<TableCall.Kind, Integer> calls) {
        return calls.values().stream().mapToInt(Integer::intValue).sum();
    }

    private boolean isTooLarge(String mode) {
        return mode.equals("replace") && objects > MOST_OF_A_REPLACE;
    }

    private static boolean isRefused(Run run) {
        return run.state() instanceof RunState.Refused refused
                && refused.problem().message().contains("SLU-0932");
    }

    private void end(Run run) {
        fixture.bean(Ledger.class).ended(run, run.state(), plan(run), null, List.of());
    }

    List<InputObject> plan(Run run) {
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
        int all = total(calls);
        System.out.printf(
                Locale.ROOT,
                "%d objects, %s, until %s: %d calls of the state table, %.4f an object: %s%n",
                objects,
                mode,
                step,
                all,
                (double) all / objects,
                calls);
    }
}
