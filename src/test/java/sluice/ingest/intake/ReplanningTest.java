package sluice.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static sluice.ingest.intake.ChunkFixture.CHUNK;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import sluice.core.batch.InputObject;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.submission.Submitter;
import sluice.platform.druid.DruidException;
import sluice.simulation.druid.CallFault;
import sluice.simulation.druid.CallFaults;
import sluice.simulation.druid.DruidCall;

/** What a new plan of a chunk makes of the runs that earlier plans have made. */
class ReplanningTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Planner planner = fixture.bean(Planner.class);
    private final ChunkStore chunks = fixture.bean(ChunkStore.class);
    private final ChunkFixture chunk = new ChunkFixture(fixture);

    @Test
    void anAppendLeavesOutWhatARunHasClaimed() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = chunk.arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        InputObject second = chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        Run run = chunk.other(earlier);
        assertThat(chunk.objects(run)).containsExactly(second);
        assertThat(chunk.runOf(first)).isEqualTo(earlier.id());
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void anAppendWithoutNewObjectsEndsTheGeneration() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        chunk.touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.runs()).hasSize(1);
        assertThat(chunk.state().isPlanned()).isTrue();
    }

    @Test
    void aReplaceSupersedesTheRunThatIsNotSubmittedYet() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = chunk.arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        InputObject second = chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        Run run = chunk.other(earlier);
        assertThat(chunk.objects(run)).containsExactly(first, second);
        assertThat(fixture.stored(earlier).state())
                .isInstanceOfSatisfying(
                        RunState.Superseded.class, end -> assertThat(end.by()).isEqualTo(run.id()));
        assertThat(chunk.runOf(first)).isEqualTo(run.id());
        assertThat(fixture.events())
                .containsExactly("sluice.run.planned", "sluice.run.planned", "sluice.run.superseded");
    }

    @Test
    void aReplaceLeavesARunAloneThatDruidMayHave() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        fixture.druid.faults(
                CallFaults.once(DruidCall.SUBMIT, new CallFault.AnswerLost(DruidException.Code.TIMED_OUT)));
        fixture.bean(Submitter.class).submit(earlier.id());
        chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
        assertThat(chunk.other(earlier).state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void aReplaceLeavesARunAloneThatDruidHas() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.submitted(fixture.run());
        chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Submitted.class);
        assertThat(chunk.other(earlier).state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void theSameObjectsAreTheSameRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        chunk.touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
        assertThat(chunk.state().isPlanned()).isTrue();
    }

    @Test
    void anUploadAfterAFailureTriesAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        fixture.failed(fixture.run(), Problem.Code.TASK_FAILED);
        fixture.clock.advance(Duration.ofMinutes(1));
        chunk.touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        Run run = fixture.run();
        assertThat(run.attempt()).isEqualTo(2);
        assertThat(run.plan()).isEqualTo(2);
        assertThat(run.state()).isInstanceOf(RunState.Planned.class);
    }

    @Test
    void aRepeatedEventDoesNotRepeatAFailedRun() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        fixture.clock.advance(Duration.ofMinutes(1));
        fixture.failed(fixture.run(), Problem.Code.TASK_FAILED);
        chunks.touch(CHUNK, fixture.clock.instant().minus(Duration.ofMinutes(1)), Duration.ZERO);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().attempt()).isEqualTo(1);
        assertThat(fixture.run().state()).isInstanceOf(RunState.Failed.class);
    }

    @Test
    void anUploadAfterSuccessIsNoReasonToLoadTheSameObjectsAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject object = chunk.arrive("a.json");
        planner.plan(CHUNK);
        fixture.available(fixture.run());
        fixture.clock.advance(Duration.ofMinutes(1));
        chunk.touch(object);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.run().state()).isInstanceOf(RunState.Available.class);
    }

    @Test
    void aListingThatIsWhatItWasBeforeAnotherRunReplacedTheChunkIsLoadedAgain() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        chunk.arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.available(fixture.run());
        chunk.touch(fixture.upload("a.json", 4));
        planner.plan(CHUNK);
        fixture.available(chunk.other(earlier));
        chunk.touch(fixture.upload("a.json", 3));

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).attempt()).isEqualTo(2);
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
        assertThat(chunk.state().lastRun()).isEqualTo(earlier.id());
    }

    @Test
    void aSupersededRunIsWantedAgainWhenItsObjectsAre() {
        // Given
        fixture.define(IngestFixture.definition("replace"));
        InputObject first = chunk.arrive("a.json");
        planner.plan(CHUNK);
        Run earlier = fixture.run();
        InputObject second = chunk.arrive("b.json");
        planner.plan(CHUNK);
        Run between = chunk.other(earlier);
        fixture.delete(second);
        chunk.touch(first);

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(fixture.stored(earlier).state()).isInstanceOf(RunState.Planned.class);
        assertThat(fixture.stored(between).state()).isInstanceOf(RunState.Superseded.class);
    }

    @Test
    void anAppendedObjectIsTriedAgainAfterAFailureThatWasNotAboutItAndANewArrival() {
        // Given
        fixture.define(IngestFixture.definition("append"));
        InputObject first = chunk.arrive("a.json");
        planner.plan(CHUNK);
        fixture.failed(fixture.run(), Problem.Code.UNREACHABLE);
        Run earlier = fixture.run();
        fixture.clock.advance(Duration.ofMinutes(1));
        InputObject second = chunk.arrive("b.json");

        // When
        planner.plan(CHUNK);

        // Then
        assertThat(chunk.objects(chunk.other(earlier))).containsExactly(first, second);
    }
}
