package sluice.ingest.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Batch;
import sluice.core.batch.Feed;
import sluice.core.batch.RunKind;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition;
import sluice.core.definition.Definition;
import sluice.core.spec.Generation;
import sluice.core.spec.SpecDefaults;
import sluice.core.spec.SpecGenerator;
import sluice.core.spec.SpecHints;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunAttempts;
import sluice.ingest.run.RunIntent;
import sluice.platform.druid.DruidCluster;

/** Decides what a run submits to Druid, and whether it may be submitted. */
@ApplicationScoped
class RunDraft {

    private final Measurements measurements;
    private final ColumnCheck columns;
    private final RunAttempts attempts;
    private final SpecDefaults defaults;

    RunDraft(Measurements measurements, ColumnCheck columns, RunAttempts attempts) {
        this.measurements = measurements;
        this.columns = columns;
        this.attempts = attempts;
        this.defaults = SpecDefaults.fromEnvironment(System.getenv());
    }

    /**
     * Drafts a new run, or the next attempt of one that exists. A spec with an error makes it Refused, with the findings in its
     * problem and its plan.
     *
     * @param plannedAt later than every earlier plan of the same chunks
     * @param objections what speaks against the batch, whatever the spec says
     * @throws sluice.platform.druid.DruidException if the cluster is needed and cannot be reached
     */
    DraftedRun draft(
            String runId,
            Definition definition,
            Batch batch,
            DruidCluster cluster,
            Optional<Run> existing,
            Instant plannedAt,
            List<Finding> objections) {
        Draft checked = checked(definition, batch, cluster, objections);
        Draft draft = sized(compared(checked, batch, cluster), batch, cluster);
        BatchDefinition given = draft.definition().requireBatch();
        Plan plan = new Plan(
                draft.spec().orElse(null),
                batch.objects(),
                draft.hints(),
                draft.findings(),
                given.expect(),
                given.onViolation());
        RunIntent intent = new RunIntent(
                runId,
                RunKind.BATCH,
                new Feed(cluster.name(), batch.datasource()),
                given.mode(),
                batch.chunks(),
                draft.definition().hash(),
                defaults.timeout(given));
        return attempts.draft(intent, existing, plan, draft.refusal(), plannedAt);
    }

    /** The spec of a run, which nobody changes, with what the checks found. */
    private record Draft(
            Definition definition,
            SpecHints hints,
            Optional<ObjectNode> spec,
            List<Finding> findings,
            Problem.Code refusal) {

        boolean isRefused() {
            return Finding.anyError(findings);
        }

        Draft withoutSpec(Finding why) {
            List<Finding> all = new ArrayList<>(findings);
            all.add(why);
            return new Draft(definition, hints, Optional.empty(), all, Problem.Code.CONTRACT);
        }

        Draft with(List<Finding> more) {
            List<Finding> all = new ArrayList<>(findings);
            all.addAll(more);
            return new Draft(definition, hints, spec, all, Finding.anyError(more) ? Problem.Code.DRIFT : refusal);
        }
    }

    private Draft checked(Definition definition, Batch batch, DruidCluster cluster, List<Finding> objections) {
        SpecHints hints =
                Finding.anyError(objections) ? SpecHints.NONE : measurements.of(definition, batch, cluster, defaults);
        Generation generation = SpecGenerator.generate(definition, batch, hints, defaults);
        Optional<ObjectNode> spec = generation instanceof Generation.Generated generated
                ? Optional.of(generated.spec().spec())
                : Optional.empty();
        List<Finding> findings = new ArrayList<>(objections);
        findings.addAll(generation.findings());
        spec.map(cluster.contract()::check).ifPresent(findings::addAll);
        return new Draft(definition, hints, spec, findings, Problem.Code.CONTRACT);
    }

    /** A task that Druid would not take is refused without its spec. */
    private static Draft sized(Draft draft, Batch batch, DruidCluster cluster) {
        return draft.spec()
                .flatMap(spec -> TaskSize.check(spec, batch, cluster))
                .map(draft::withoutSpec)
                .orElse(draft);
    }

    /** Compares the draft with the columns of the files. If they make a new version of the definition, drafts by that. */
    private Draft compared(Draft draft, Batch batch, DruidCluster cluster) {
        if (draft.isRefused() || draft.spec().isEmpty()) {
            return draft;
        }
        ColumnCheck.Look look =
                columns.look(draft.definition(), batch, draft.spec().get(), cluster);
        return look.evolved()
                .map(evolved -> checked(evolved, batch, cluster, List.of()))
                .orElse(draft)
                .with(look.findings());
    }
}
