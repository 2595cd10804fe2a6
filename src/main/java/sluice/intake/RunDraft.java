package sluice.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.batch.Batch;
import sluice.contract.Contract;
import sluice.contract.Finding;
import sluice.definition.Definition;
import sluice.druid.DruidCluster;
import sluice.run.Plan;
import sluice.run.Problem;
import sluice.run.Run;
import sluice.run.RunState;
import sluice.run.RunStore;
import sluice.run.Transitions;
import sluice.spec.GeneratedSpec;
import sluice.spec.Generation;
import sluice.spec.SpecDefaults;
import sluice.spec.SpecGenerator;
import sluice.spec.SpecHints;

/** Decides what a run will send to Druid, and whether it may be sent. */
@ApplicationScoped
class RunDraft {

    private final Measurements measurements;
    private final RunStore runs;
    private final Transitions transitions;
    private final Clock clock;
    private final SpecDefaults defaults;

    RunDraft(Measurements measurements, RunStore runs, Transitions transitions, Clock clock) {
        this.measurements = measurements;
        this.runs = runs;
        this.transitions = transitions;
        this.clock = clock;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * A new run, or the next attempt of one that exists, ready to be stored; its plan is stored already. A spec with an
     * error makes it Refused, with the findings in its problem and its plan.
     */
    Run draft(String runId, Definition definition, Batch batch, DruidCluster cluster, Optional<Run> existing) {
        SpecHints hints = measurements.of(definition, batch, cluster, defaults);
        Generation generation = SpecGenerator.generate(definition, batch, hints, defaults);
        Optional<GeneratedSpec> spec =
                generation instanceof Generation.Generated generated ? Optional.of(generated.spec()) : Optional.empty();
        List<Finding> findings = new ArrayList<>(generation.findings());
        spec.map(GeneratedSpec::spec)
                .map(Contract.forDruid(cluster.config().druidVersion())::check)
                .ifPresent(findings::addAll);
        int number = existing.map(run -> run.attempt() + 1).orElse(1);
        ObjectNode body = spec.map(GeneratedSpec::spec).orElse(null);
        runs.putPlan(
                runId,
                number,
                new Plan(
                        body,
                        batch.objects(),
                        hints,
                        findings,
                        definition.batch().expect(),
                        definition.batch().onViolation()));
        String hash = spec.map(GeneratedSpec::hash).orElse("");
        Run run = run(runId, definition, batch, cluster.name(), existing, hash);
        if (Finding.anyError(findings)) {
            RunState.Unsubmitted planned = (RunState.Unsubmitted) run.state();
            return transitions.next(run, planned.refused(clock.instant(), Problem.contract(findings)));
        }
        return transitions.announced(run).written();
    }

    private Run run(
            String runId, Definition definition, Batch batch, String cluster, Optional<Run> existing, String specHash) {
        Instant now = clock.instant();
        if (existing.isPresent() && existing.get().state() instanceof RunState.Ended ended) {
            return existing.get()
                    .nextAttempt(
                            ended.again(now),
                            existing.get().attempt() + 1,
                            definition.hash(),
                            specHash,
                            defaults.timeout(definition.batch()));
        }
        return Run.first(
                runId,
                cluster,
                batch.datasource(),
                Run.BATCH,
                definition.batch().mode(),
                batch.chunks(),
                definition.hash(),
                specHash,
                defaults.timeout(definition.batch()),
                now);
    }
}
