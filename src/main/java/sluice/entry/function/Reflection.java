package sluice.entry.function;

import io.quarkus.runtime.annotations.RegisterForReflection;
import sluice.core.batch.InputObject;
import sluice.core.batch.TimeChunk;
import sluice.core.contract.Finding;
import sluice.core.definition.Expectation;
import sluice.core.json.Change;
import sluice.core.plan.DefinitionPlan;
import sluice.core.plan.SettingChange;
import sluice.core.spec.SpecHints;

/** Registers the types of the core that Jackson binds: the core itself knows no Quarkus. */
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
            InputObject.class,
            SettingChange.class,
            SpecHints.class,
            SpecHints.History.class,
            TimeChunk.class
        })
final class Reflection {

    private Reflection() {}
}
