package sluice.core.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** apache/druid #10508: a kill task over 1000/3000 overlaps every lock and waits for ever. */
class Issue10508Test {
    @Test
    void warnsOfAKillTaskOverAllTime() {
        String kill = "{\"type\": \"kill\", \"dataSource\": \"a\", \"interval\": \"%s\"}";
        Contract contract = Contract.forDruid("33");

        assertThat(contract.check(kill.formatted("1000-01-01/3000-01-01")))
                .extracting(Finding::code)
                .containsExactly("SLU-2110");
        assertThat(contract.check(kill.formatted("2024-01-01/2024-02-01"))).isEmpty();
    }
}
