package sluice.core.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TaskIdTest {

    private static final String RUN = "abcdefghijklmnopqrstuvwxyz";

    @Test
    void theIdNamesDatasourceRunAndAttempt() {
        assertThat(TaskId.of("web.logs", RUN, 2)).isEqualTo("sluice_web.logs_" + RUN + "_2");
    }

    @Test
    void charactersThatDruidRefusesAreReplaced() {
        assertThat(TaskId.of("web logs/ä", RUN, 1)).isEqualTo("sluice_web-logs--_" + RUN + "_1");
    }

    @Test
    void aLongDatasourceIsCutSoThatTheIdStaysUnderTwoHundredCharacters() {
        assertThat(TaskId.of("d".repeat(255), RUN, 1_000)).hasSizeLessThan(200).endsWith("d_" + RUN + "_1000");
    }

    @Test
    void attemptsCountFromOne() {
        assertThatThrownBy(() -> TaskId.of("events", RUN, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
