package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** apache/druid #17828: Druid 34 and later start a task before its lock box knows it. */
class Issue17828Test {

    @Test
    void aTaskThatGotNoLockBecauseItWasNotKnownYetIsTriedAgain() {
        // Given
        Problem tooEarly = new Problem(
                Problem.Code.TASK_FAILED, "java.lang.ISE: Unable to grant lock to inactive Task [sluice_wiki_abc_1]");

        // When
        boolean worthIt = tooEarly.isWorthRetrying();

        // Then
        assertThat(worthIt).isTrue();
    }
}
