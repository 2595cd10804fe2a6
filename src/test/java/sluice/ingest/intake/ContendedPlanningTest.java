package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sluice.ingest.intake.ChunkFixture.CHUNK;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.ledger.LedgerEntry;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.state.Changes;
import sluice.platform.state.Condition;
import sluice.platform.state.Key;
import sluice.platform.state.StateException;
import sluice.simulation.Calls;
import sluice.simulation.ObjectCall;
import sluice.simulation.TableCall;

/** Chunks that change while they are planned, that two functions plan at once, and plans that a failure interrupts. */
class ContendedPlanningTest {

    private static final Predicate<TableCall> TRANSACTION = call -> call.kind() == TableCall.Kind.TRANSACT;

    private final IngestFixture fixture = new IngestFixture();
    private final Planner planner = fixture.bean(Planner.class);
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);
    private final ChunkFixture chunk = new ChunkFixture(fixture);

    @Test
    void anArrivalDuringThePlanningJoinsTheRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = chunk.arrive("a.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                chunk.arrive("b.json");
            }
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(fixture.run())).hasSize(2).contains(first);
        assertThat(chunk.state().isPlanned()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"replace", "append"})
    void aChunkThatNeverRestsIsPlannedAndStaysDueForTheRest(String mode) {
        // Given
        fixture.define(IngestFixture.definition(mode));
        chunk.arrive("a.json");
        fixture.columns.meanwhile(() -> chunk.arrive("b" + fixture.columns.looks() + ".json"));
        fixture.clock.advance(Duration.ofMinutes(1));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(fixture.run())).hasSize(5);
        assertThat(chunk.state().isPlanned()).isFalse();
        assertThat(chunk.state().generation()).isEqualTo(6);
        assertThat(chunk.state().planned()).isEqualTo(5);
        assertThat(chunk.state().waitingSince()).isEqualTo(fixture.clock.instant());
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void aPlanThatTakesLongIsNotBegunAgainForEachArrival() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        fixture.columns.meanwhile(() -> {
            fixture.clock.advance(Duration.ofSeconds(16));
            chunk.arrive("b" + fixture.columns.looks() + ".json");
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.columns.looks()).isEqualTo(2);
        assertThat(chunk.objects(fixture.run())).hasSize(2);
        assertThat(chunk.state().isPlanned()).isFalse();
    }

    @Test
    void whatArrivedWhileAChunkWasPlannedIsPlannedNext() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        chunk.arrive("a.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() <= 5) {
                chunk.arrive("b" + fixture.columns.looks() + ".json");
            }
        });
        planner.plan(CHUNK);
        Run earlier = fixture.run();

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(chunk.other(earlier))).hasSize(1);
        assertThat(chunk.state().isPlanned()).isTrue();
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void aChunkThatOthersKeepPlanningStaysDue() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        fixture.columns.meanwhile(() -> {
            ChunkState state = chunks.find(CHUNK).orElseThrow();
            fixture.table.updateIf(
                    CHUNK.key(), Changes.NONE.set("plannedAt", chunks.nextPlan(List.of(state))), Condition.ALWAYS);
        });

        // Then
        assertThatThrownBy(() -> planner.plan(CHUNK))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("main/wiki");
        assertThat(fixture.runs()).isEmpty();
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void anArrivalBeforeAnEmptyGenerationEndsIsPlanned() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.delete(chunk.arrive("a.json"));
        fixture.objects.watch(new Calls<>() {
            private boolean isDone;

            @Override
            public void after(ObjectCall call) {
                if (!isDone) {
                    isDone = true;
                    chunk.arrive("b.json");
                }
            }
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(fixture.run())).hasSize(1);
    }

    @Test
    void ofTwoPlannersOneWins() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        fixture.columns.meanwhile(() -> {
            if (fixture.columns.looks() == 1) {
                planner.plan(CHUNK);
            }
        });

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aTransactionThatMeetsAnotherIsTriedAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        fixture.failures.conflict(TRANSACTION);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void aFailureOfTheTableLeavesTheChunkDue() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        fixture.failures.timeOutBefore(TRANSACTION);

        // Then
        assertThatThrownBy(() -> planner.plan(CHUNK)).isInstanceOf(StateException.class);
        assertThat(fixture.runs()).isEmpty();
        assertThat(fixture.due()).hasSize(1);
    }

    @Test
    void theNextPlannerCompletesTheLedgerOfOneThatDied() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = chunk.arrive("a.json");
        fixture.failures.timeOutAfter(TRANSACTION);
        assertThatThrownBy(() -> planner.plan(CHUNK)).isInstanceOf(StateException.class);
        Run earlier = fixture.run();
        LedgerEntry before = chunk.entry(first);
        InputObject second = chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(before.run()).isNull();
        assertThat(chunk.runOf(first)).isEqualTo(earlier.id());
        assertThat(chunk.objects(chunk.other(earlier))).containsExactly(second);
    }

    @Test
    void theLedgerOfARunThatIsGoneIsComplete() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        fixture.failures.timeOutAfter(TRANSACTION);
        assertThatThrownBy(() -> planner.plan(CHUNK)).isInstanceOf(StateException.class);
        Run earlier = fixture.run();
        fixture.table.remove(Key.run(earlier.id()));
        chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().id()).isNotEqualTo(earlier.id());
        assertThat(chunk.state().ledgerRun()).isEqualTo(fixture.run().id());
    }
}
