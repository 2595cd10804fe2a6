package sluice.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which messages of Druid are about the cluster. Those here are in the classes of Druid 33 and of 37. */
class TransientFailuresTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The worker that this task was assigned disappeared. See overlord logs for more details.",
                "Failed to assign this task. See overlord logs for more details.",
                "Canceled for worker cleanup. See overlord logs for more details.",
                "Canceled as unknown task. See middleManager or indexer logs for more details.",
                "Canceled as task execution process stopped",
                "java.lang.ISE: Invalid task locks. Maybe they are revoked by a higher priority task. Please check the"
                        + " overlord log for details.",
                "java.lang.ISE: Lock of type[EXCLUSIVE] for interval[2026-01-01/2026-01-02] was revoked",
                "java.lang.ISE: Lock was revoked.",
                "java.lang.ISE: Lock[TimeChunkLock{type=REPLACE, groupId='t', revoked=true}] is revoked",
                "java.lang.ISE: Unable to grant lock to inactive Task [t]",
                "java.lang.ISE: Unable to grant LockPosse to inactive Task [t]",
            })
    void theSameTaskMaySucceedAfterItFailedOfTheCluster(String message) {
        // When
        boolean worthIt = new Problem(Problem.Code.TASK_FAILED, message).isWorthRetrying();

        // Then
        assertThat(worthIt).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Unable to parse row ... (Path: s3://landing/a.json, Record: 3)",
                "Task execution process exited unsuccessfully with code[1]. See middleManager logs for more details.",
                "Failed to run task with an exception. See middleManager or indexer logs for more details."
            })
    void whatMayBeAboutTheFilesIsNotTriedAgain(String message) {
        // When
        boolean worthIt = new Problem(Problem.Code.TASK_FAILED, message).isWorthRetrying();

        // Then
        assertThat(worthIt).isFalse();
    }
}
