package sluice.fuzz;

import java.util.Map;
import java.util.Set;
import sluice.core.contract.Contract;
import sluice.core.definition.Definition;
import sluice.core.definition.reader.DefinitionReader;
import sluice.core.definition.reader.ReadResult;
import sluice.core.definition.reader.Variables;
import sluice.core.reach.ReachCheck;
import sluice.core.reach.ReachPolicy;
import sluice.core.spec.SpecPreview;

/** Reads any text as a definition, in YAML or JSON, and generates and checks its specs. Nothing throws. */
public final class DefinitionFuzzer {

    private static final Variables VARIABLES =
            new Variables(Set.of("LANDING_BUCKET"), Map.of("LANDING_BUCKET", "landing"), Set.of("KAFKA"));

    private DefinitionFuzzer() {}

    public static void fuzzerInitialize() {
        Inputs.warmUp(DefinitionFuzzer.class, DefinitionFuzzer::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] data) {
        String name = Inputs.choice(data, 2) == 0 ? "a.yaml" : "a.json";
        ReadResult result = DefinitionReader.read(Inputs.rest(data), name, VARIABLES);
        if (result instanceof ReadResult.Valid valid) {
            Definition definition = valid.definition();
            SpecPreview.findings(definition, Contract.forDruid("33"));
            SpecPreview.findings(definition, Contract.forDruid("37"));
            ReachCheck.of(definition, ReachPolicy.STRICT);
            if (!definition.hash().matches("[0-9a-f]{64}")) {
                throw new AssertionError("no hash: " + definition.hash());
            }
        }
    }
}
