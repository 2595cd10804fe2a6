package sluice.function;

import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import sluice.batch.InputObject;
import sluice.batch.TimeChunk;
import sluice.contract.Finding;
import sluice.definition.Expectation;
import sluice.spec.SpecHints;

/**
 * Classes that Jackson binds in the packages that know nothing of Quarkus, and the error that Quarkus reports to Lambda.
 * Quarkus does not register that one: a function that fails then stops without a word, and Lambda waits for its time-out.
 */
@RegisterForReflection(
        targets = {
            Expectation.class,
            Expectation.Bounds.class,
            Finding.class,
            FunctionError.class,
            InputObject.class,
            SpecHints.class,
            SpecHints.History.class,
            TimeChunk.class
        })
final class Reflection {

    private Reflection() {}
}
