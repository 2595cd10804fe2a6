package sluice.entry.function;

import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;
import sluice.core.batch.InputObject;
import sluice.core.batch.RunKind;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Finding;
import sluice.core.definition.Expectation;
import sluice.core.json.Change;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.SettingChange;
import sluice.core.spec.SpecHints;

/**
 * Registers the types of the core that Jackson binds, because the core itself knows no Quarkus, and the error that Quarkus
 * reports to Lambda. Quarkus does not register that one: a function that fails would stop without a word, and Lambda would
 * wait for its time-out.
 */
@RegisterForReflection(
        targets = {
            Change.class,
            DefinitionPlan.class,
            DefinitionPlan.ClusterPlan.class,
            DefinitionPlan.Preview.class,
            DefinitionPlan.Replaced.class,
            Expectation.class,
            Expectation.Bounds.class,
            Finding.class,
            FunctionError.class,
            InputObject.class,
            RunKind.class,
            SettingChange.class,
            SpecHints.class,
            SpecHints.History.class,
            TimeChunk.class
        })
final class Reflection {

    private Reflection() {}
}
