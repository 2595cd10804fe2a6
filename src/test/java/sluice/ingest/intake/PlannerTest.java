package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.IngestFixture.DAY;
import static sluice.ingest.IngestFixture.FEED;
import static sluice.ingest.intake.ChunkFixture.CHUNK;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.core.definition.BatchDefinition.Mode;
import sluice.ingest.DefinitionText;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.platform.druid.DruidException;
import sluice.platform.druid.ObjectAccess;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** What the planner makes of the objects of a chunk: a run, an outcome in the ledger, or a wait. */
class PlannerTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Planner planner = fixture.bean(Planner.class);
    private final ChunkFixture chunk = new ChunkFixture(fixture);

    @Test
    void aReplaceLoadsAllObjectsOfTheChunk() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = fixture.upload("a.json", 3);
        InputObject second = chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        Run run = fixture.run();
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
        assertThat(run.feed()).isEqualTo(FEED);
        assertThat(run.mode()).isEqualTo(Mode.REPLACE);
        assertThat(run.chunks()).containsExactly(DAY);
        assertThat(run.outbox()).isEmpty();
        assertThat(chunk.objects(run)).containsExactly(first, second);
        assertThat(chunk.runOf(first)).isEqualTo(run.id());
        assertThat(chunk.runOf(second)).isEqualTo(run.id());
        assertThat(chunk.state().isPlanned()).isTrue();
        assertThat(chunk.state().lastRun()).isEqualTo(run.id());
        assertThat(chunk.state().ledgerRun()).isEqualTo(run.id());
        assertThat(fixture.events()).containsExactly("sluice.run.planned");
    }

    @Test
    void aChunkForWhichNothingHasArrivedNeedsNoPlan() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.upload("a.json", 3);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
    }

    @Test
    void aChunkThatIsPlannedIsLeftAlone() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        planner.plan(CHUNK);
        fixture.upload("b.json", 3);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).hasSize(1);
    }

    @Test
    void anEmptyObjectIsNotLoaded() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = chunk.arrive("a.json");
        InputObject empty = fixture.uploadEmpty(DAY, "empty.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(fixture.run())).containsExactly(object);
        assertThat(chunk.entry(empty).state()).isEqualTo("Empty");
        assertThat(chunk.entry(empty).run()).isNull();
    }

    @Test
    void anObjectThatWasDeletedAgainHasAnOutcome() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject gone = chunk.arrive("a.json");
        InputObject object = chunk.arrive("b.json");
        fixture.delete(gone);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(fixture.run())).containsExactly(object);
        assertThat(chunk.entry(gone).state()).isEqualTo("Gone");
    }

    @Test
    void aChunkWhoseObjectsAreAllGoneNeedsNoRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.delete(chunk.arrive("a.json"));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(chunk.state().isPlanned()).isTrue();
        assertThat(fixture.due()).isEmpty();
    }

    @Test
    void objectsWaitForADefinitionThatIsGone() {
        // Given
        chunk.arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.state().isPlanned()).isFalse();
        assertDueAfter(Duration.ofMinutes(5));
    }

    @Test
    void objectsWaitForADefinitionThatLoadsNoFiles() {
        // Given
        fixture.define(IngestFixture.definition("replace")
                .withoutBatch()
                .part(
                        "stream",
                        "[{type: kafka, topic: wiki, consumerProperties: {bootstrap.servers: \"kafka:9092\"}}]"));
        chunk.arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertDueAfter(Duration.ofMinutes(5));
    }

    @Test
    void objectsWaitForAClusterThatTheEnvironmentDoesNotHave() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.clusters.remove("main");
        chunk.arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertDueAfter(Duration.ofMinutes(5));
    }

    @Test
    void objectsWaitWhileTheSamplerDoesNotAnswer() {
        // Given
        fixture.define(rolledUp());
        fixture.druid.faults(CallFaults.once(DruidCall.SAMPLE, new CallFault.Refused(DruidException.Code.UNAVAILABLE)));
        chunk.arrive("a.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).isEmpty();
        assertThat(chunk.state().isPlanned()).isFalse();
        assertDueAfter(Duration.ofSeconds(30));
    }

    @Test
    void aBatchThatIsTooLargeForATaskIsRefused() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        fixture.druid.objectAccess(ObjectAccess.PRESIGNED);
        InputObject object = chunk.arrive("a.json");
        fixture.uploadMany(DAY, 8_000);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().state()).isInstanceOfSatisfying(RunState.Refused.class, refused -> assertThat(
                        refused.problem().message())
                .contains("SLU-0932", "8001 objects"));
        assertThat(chunk.entry(object).state()).isEqualTo("Refused");
        assertThat(chunk.state().isPlanned()).isTrue();
    }

    private static DefinitionText rolledUp() {
        return IngestFixture.definition("replace")
                .granularity("{segmentGranularity: DAY, queryGranularity: HOUR, rollup: auto}");
    }

    private void assertDueAfter(Duration pause) {
        assertThat(fixture.due()).isEmpty();
        fixture.clock.advance(pause);
        assertThat(fixture.due()).hasSize(1);
    }
}
