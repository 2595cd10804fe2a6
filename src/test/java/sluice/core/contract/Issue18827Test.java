package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** apache/druid #18827: a supervisor with taskCountMin above taskCountMax deleted the one that was running. */
class Issue18827Test {
    @Test
    void refusesBoundsThatContradictEachOther() {
        String crossed = Specs.text("supervisor-kafka").replace("\"taskCountMin\": 1", "\"taskCountMin\": 9");

        assertThat(Contract.forDruid("33").check(crossed))
                .extracting(Finding::code)
                .contains("SLU-2122");
    }
}
