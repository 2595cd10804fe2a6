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
 * Registers the core's types that Jackson binds, because the core does not depend on Quarkus. Also registers the error that
 * Quarkus reports to Lambda, which Quarkus does not register itself: a failing native function would report nothing, and
 * Lambda would wait for its time-out.
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
