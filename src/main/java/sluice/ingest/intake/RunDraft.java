package sluice.ingest.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.batch.RunKind;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.spec.GeneratedSpec;
import sluice.core.spec.Generation;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.Transitions;
import sluice.platform.druid.DruidCluster;

/** Decides what a run will send to Druid, and whether it may be sent. */
@ApplicationScoped
class RunDraft {

    private final Measurements measurements;
    private final ColumnCheck columns;
    private final Transitions transitions;
    private final Clock clock;
    private final SpecDefaults defaults;

    RunDraft(Measurements measurements, ColumnCheck columns, Transitions transitions, Clock clock) {
        this.measurements = measurements;
        this.columns = columns;
        this.transitions = transitions;
        this.clock = clock;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * A new run, or the next attempt of one that exists, ready to be stored. A spec with an error makes it Refused, with
     * the findings in its problem and its plan.
     */
    DraftedRun draft(String runId, Definition definition, Batch batch, DruidCluster cluster, Optional<Run> existing) {
        Draft draft = compared(checked(definition, batch, cluster), batch, cluster);
        BatchDefinition given = draft.definition().batch();
        Plan plan = new Plan(
                draft.spec().map(GeneratedSpec::spec).orElse(null),
                batch.objects(),
                draft.hints(),
                draft.findings(),
                given.expect(),
                given.onViolation());
        String hash = draft.spec().map(GeneratedSpec::hash).orElse("");
        Run run = run(runId, draft.definition(), batch, cluster.name(), existing, hash);
        if (draft.isRefused()) {
            RunState.Unsubmitted planned = (RunState.Unsubmitted) run.state();
            return new DraftedRun(transitions.next(run, planned.refused(clock.instant(), draft.problem())), plan);
        }
        return new DraftedRun(transitions.announced(run).written(), plan);
    }

    /** What will be sent, and what is to be said about it. */
    private record Draft(
            Definition definition,
            SpecHints hints,
            Optional<GeneratedSpec> spec,
            List<Finding> findings,
            Problem.Code refusal) {

        boolean isRefused() {
            return Finding.anyError(findings);
        }

        Problem problem() {
            return Problem.refused(refusal, findings);
        }

        Draft with(List<Finding> more) {
            List<Finding> all = new ArrayList<>(findings);
            all.addAll(more);
            return new Draft(definition, hints, spec, all, Finding.anyError(more) ? Problem.Code.DRIFT : refusal);
        }
    }

    private Draft checked(Definition definition, Batch batch, DruidCluster cluster) {
        SpecHints hints = measurements.of(definition, batch, cluster, defaults);
        Generation generation = SpecGenerator.generate(definition, batch, hints, defaults);
        Optional<GeneratedSpec> spec =
                generation instanceof Generation.Generated generated ? Optional.of(generated.spec()) : Optional.empty();
        List<Finding> findings = new ArrayList<>(generation.findings());
        spec.map(GeneratedSpec::spec)
                .map(Contract.forDruid(cluster.contractVersion())::check)
                .ifPresent(findings::addAll);
        return new Draft(definition, hints, spec, findings, Problem.Code.CONTRACT);
    }

    /** The draft, held against the columns of the files; where these make a new version of the definition, by that. */
    private Draft compared(Draft draft, Batch batch, DruidCluster cluster) {
        if (draft.isRefused() || draft.spec().isEmpty()) {
            return draft;
        }
        ColumnCheck.Look look =
                columns.look(draft.definition(), batch, draft.spec().get().spec(), cluster);
        return look.evolved()
                .map(evolved -> checked(evolved, batch, cluster))
                .orElse(draft)
                .with(look.findings());
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
                RunKind.BATCH,
                definition.batch().mode(),
                batch.chunks(),
                definition.hash(),
                specHash,
                defaults.timeout(definition.batch()),
                now);
    }
}
