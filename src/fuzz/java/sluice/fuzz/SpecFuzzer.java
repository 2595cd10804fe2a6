package sluice.fuzz;

import sluice.core.contract.Contract;

/** Checks any text as a spec of Druid, with both contracts. Nothing throws. */
public final class SpecFuzzer {

    private SpecFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(SpecFuzzer.class, SpecFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        Contract.forDruid(Inputs.choice(data, 2) == 0 ? "33" : "37").check(Inputs.rest(data));
    }
}
