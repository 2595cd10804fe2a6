package sluice.function;

import io.quarkus.runtime.annotations.RegisterForReflection;
import sluice.batch.InputObject;
import sluice.batch.TimeChunk;
import sluice.contract.Finding;
import sluice.definition.Expectation;
import sluice.spec.SpecHints;

/** What Jackson binds in the packages that know nothing of Quarkus. */
@RegisterForReflection(
        targets = {
            Expectation.class,
            Expectation.Bounds.class,
            Finding.class,
            InputObject.class,
            SpecHints.class,
            SpecHints.History.class,
            TimeChunk.class
        })
final class Reflection {

    private Reflection() {}
}
