package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** apache/druid #9958: two sub-tasks get one id within a millisecond, and the whole task fails. */
class Issue9958Test {

    @Test
    void aClashOfSubtaskIdsIsTriedAgainAsAnotherAttempt() {
        // Given
        Problem clash = new Problem(
                Problem.Code.TASK_FAILED,
                "Task[single_phase_sub_task_wikipedia_abc_2026-01-01T00:00:00.000Z] already exists");

        // When
        boolean worthIt = clash.isWorthRetrying();

        // Then
        assertThat(worthIt).isTrue();
    }
}
