package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Druid 33 counts whole minutes, gets none, and each task ends with an IllegalArgumentException; Druid 37 does not. */
class TaskDurationTest {

    private static final String SHORT = Specs.text("supervisor-kafka").replace("\"PT1H\"", "\"PT59S\"");

    @Test
    void aTaskDurationUnderAMinuteIsAnErrorWhereTasksFail() {
        assertThat(Contract.forDruid("33").check(SHORT)).anySatisfy(finding -> {
            assertThat(finding.code()).isEqualTo("SLU-2127");
            assertThat(finding.pointer()).isEqualTo("/spec/ioConfig/taskDuration");
        });
        assertThat(Contract.forDruid("37").check(SHORT))
                .extracting(Finding::code)
                .doesNotContain("SLU-2127");
    }

    @Test
    void aMinuteIsEnough() {
        String minute = Specs.text("supervisor-kafka").replace("\"PT1H\"", "\"PT1M\"");

        assertThat(Contract.forDruid("33").check(minute))
                .extracting(Finding::code)
                .doesNotContain("SLU-2127");
    }
}
