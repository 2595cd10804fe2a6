package sluice.ingest.submission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.ingest.IngestFixture;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.Transitions;

/** A run that had to end while its task was in Druid leaves a task that nobody follows. */
class LeftoverTaskTest {

    private final IngestFixture fixture = new IngestFixture();
    private final Submitter submitter = fixture.bean(Submitter.class);
    private Run ended;

    @BeforeEach
    void aRunHasEndedWithoutItsTask() {
        fixture.druid.taskDuration(Duration.ofHours(1));
        Run run = fixture.inDruid(IngestFixture.definition("replace"), "a.json", 3);
        fixture.druid.advance();
        ended = fixture.failed(run, Problem.Code.NOT_TAKEN_BACK);
    }

    @ParameterizedTest(name = "the leader is new: {0}")
    @ValueSource(booleans = {false, true})
    void theNextAttemptShutsItDownAndWaits(boolean isLeaderNew) {
        // Given
        fixture.druid.elect(isLeaderNew ? Duration.ofSeconds(10) : Duration.ZERO);
        Run next = fixture.bean(Transitions.class).repeat(ended, (RunState.Ended) ended.state());

        // When
        submitter.submit(next.id());

        // Then
        assertThat(fixture.stored(next).state()).isInstanceOf(RunState.Planned.class);
        assertThat(fixture.stored(next).lastError()).contains("a task of a run that has ended");
        assertThat(fixture.druid.tasks().find(next.taskId())).isEmpty();
        assertThat(fixture.bean(RunStore.class).segmentMark(next)).isEmpty();
    }

    @ParameterizedTest(name = "the leader is new: {0}")
    @ValueSource(booleans = {false, true})
    void anotherRunOfTheChunkIsPostedOnceItHasEnded(boolean isLeaderNew) {
        // Given
        fixture.druid.elect(isLeaderNew ? Duration.ofSeconds(10) : Duration.ZERO);
        Run next = fixture.planned("replace", "b.json", 3);
        submitter.submit(next.id());
        assertThat(fixture.stored(next).state()).isInstanceOf(RunState.Planned.class);
        fixture.druid.settle();

        // When
        submitter.submit(next.id());

        // Then
        assertThat(fixture.stored(next).state()).isInstanceOf(RunState.Submitted.class);
    }

    @Test
    void aRunOfAnotherChunkIsPostedAtOnce() {
        // Given
        Run next = fixture.planned(IngestFixture.definition("replace"), IngestFixture.NEXT_DAY, "b.json", 3);

        // When
        submitter.submit(next.id());

        // Then
        assertThat(fixture.stored(next).state()).isInstanceOf(RunState.Submitted.class);
    }
}
