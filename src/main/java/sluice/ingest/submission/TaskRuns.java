package sluice.ingest.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sluice.core.batch.Feed;
import sluice.core.batch.RunId;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Expectation.Bounds;
import sluice.core.spec.SpecHints;
import sluice.ingest.run.DraftedRun;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunAttempts;
import sluice.ingest.run.RunIntent;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.ingest.tracking.Verification;
import sluice.platform.druid.DruidClusters;
import sluice.platform.log.Log;

/**
 * Plans runs that load no files. Like every run they are checked against the contract, leased, submitted once, followed, and
 * proven by the {@link Verification} of their kind.
 */
@ApplicationScoped
public class TaskRuns {

    private static final Log LOG = Log.of(TaskRuns.class);
    /** Only the verification judges what such a task reports. */
    private static final Expectation NONE = new Expectation(Bounds.UNBOUNDED, Bounds.UNBOUNDED, Bounds.UNBOUNDED);

    private final RunStore store;
    private final RunAttempts attempts;
    private final Transitions transitions;
    private final DruidClusters clusters;

    TaskRuns(RunStore store, RunAttempts attempts, Transitions transitions, DruidClusters clusters) {
        this.store = store;
        this.attempts = attempts;
        this.transitions = transitions;
        this.clusters = clusters;
    }

    /** Returns the id of the draft's run, whether it is planned or not. */
    public static String id(TaskDraft draft) {
        return RunId.of(draft.cluster(), draft.kind(), draft.datasource(), draft.chunks(), List.of(), draft.identity());
    }

    /**
     * Plans the run once. If there is a run of the same identity, it is returned, whatever its state.
     *
     * @throws IllegalArgumentException if the environment has no such cluster
     */
    public Run plan(TaskDraft draft) {
        return store.find(id(draft)).orElseGet(() -> planned(draft, Optional.empty()));
    }

    /**
     * Plans the run, or a further attempt of it if it has ended in any state but Available.
     *
     * @throws IllegalArgumentException if the environment has no such cluster
     */
    public Run planAgain(TaskDraft draft) {
        Optional<Run> existing = store.find(id(draft));
        return existing.isPresent()
                        && (!existing.get().hasEnded() || existing.get().state() instanceof RunState.Available)
                ? existing.get()
                : planned(draft, existing);
    }

    private Run planned(TaskDraft draft, Optional<Run> existing) {
        DraftedRun drafted = attempts.draft(intent(draft), existing, contracted(draft), Problem.Code.CONTRACT);
        Run run = drafted.run();
        try {
            store.save(drafted);
        } catch (StaleRunException exception) {
            // Another function planned the same intent at the same moment.
            return store.find(run.id()).orElseThrow();
        }
        LOG.info(
                "Run is planned",
                "runId",
                run.id(),
                "state",
                run.state().label(),
                "kind",
                run.kind().label(),
                "cluster",
                run.cluster(),
                "datasource",
                run.datasource(),
                "chunks",
                run.intervals(),
                "attempt",
                run.attempt());
        return transitions.flush(run);
    }

    private static RunIntent intent(TaskDraft draft) {
        return new RunIntent(
                id(draft),
                draft.kind(),
                new Feed(draft.cluster(), draft.datasource()),
                draft.mode(),
                draft.chunks(),
                draft.definitionHash(),
                draft.timeLimit());
    }

    private Plan contracted(TaskDraft draft) {
        List<Finding> findings = new ArrayList<>(draft.findings());
        findings.addAll(contract(draft).check(draft.spec()));
        return new Plan(draft.spec(), List.of(), SpecHints.NONE, findings, NONE, OnViolation.FAIL);
    }

    private Contract contract(TaskDraft draft) {
        return clusters.find(draft.cluster())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The environment has no cluster " + draft.cluster() + ", only " + clusters.names()))
                .contract();
    }
}
