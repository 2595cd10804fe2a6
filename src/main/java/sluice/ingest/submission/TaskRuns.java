package sluice.ingest.submission;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import sluice.core.batch.RunId;
import sluice.core.contract.Contract;
import sluice.core.contract.Finding;
import sluice.core.definition.BatchDefinition.OnViolation;
import sluice.core.definition.Expectation;
import sluice.core.definition.Expectation.Bounds;
import sluice.core.json.CanonicalJson;
import sluice.core.spec.SpecHints;
import sluice.ingest.run.Plan;
import sluice.ingest.run.Problem;
import sluice.ingest.run.Run;
import sluice.ingest.run.RunState;
import sluice.ingest.run.RunStore;
import sluice.ingest.run.StaleRunException;
import sluice.ingest.run.Transitions;
import sluice.ingest.tracking.Verification;
import sluice.platform.druid.DruidClusters;

/**
 * Plans runs that load no files. They go the way of every run: held against the contract, leased, submitted once,
 * followed, and proven by their kind's {@link Verification}.
 */
@ApplicationScoped
public class TaskRuns {

    private static final Logger LOG = Logger.getLogger(TaskRuns.class);
    /** What such a task reports is judged by its verification alone. */
    private static final Expectation NONE = new Expectation(Bounds.UNBOUNDED, Bounds.UNBOUNDED, Bounds.UNBOUNDED);

    private final RunStore store;
    private final Transitions transitions;
    private final DruidClusters clusters;
    private final Clock clock;

    TaskRuns(RunStore store, Transitions transitions, DruidClusters clusters, Clock clock) {
        this.store = store;
        this.transitions = transitions;
        this.clusters = clusters;
        this.clock = clock;
    }

    /** The id that the draft's run has, whether it is planned or not. */
    public static String id(TaskDraft draft) {
        return RunId.of(draft.cluster(), draft.kind(), draft.datasource(), draft.chunks(), List.of(), draft.identity());
    }

    /**
     * Plans the run, once: a draft with the same identity gives the run that is there, whatever became of it.
     *
     * @throws IllegalArgumentException when the environment has no such cluster
     */
    public Run plan(TaskDraft draft) {
        return store.find(id(draft)).orElseGet(() -> planned(draft, Optional.empty()));
    }

    /** Plans the run, or a further attempt of it where it has ended otherwise than well. */
    public Run planAgain(TaskDraft draft) {
        Optional<Run> existing = store.find(id(draft));
        return existing.isPresent()
                        && (!existing.get().hasEnded() || existing.get().state() instanceof RunState.Available)
                ? existing.get()
                : planned(draft, existing);
    }

    private Run planned(TaskDraft draft, Optional<Run> existing) {
        String id = id(draft);
        List<Finding> findings = new ArrayList<>(draft.findings());
        findings.addAll(Contract.forDruid(druidVersion(draft)).check(draft.spec()));
        int number = existing.map(run -> run.attempt() + 1).orElse(1);
        Plan plan = new Plan(draft.spec(), List.of(), SpecHints.NONE, findings, NONE, OnViolation.FAIL);
        Run run = run(id, draft, existing, number);
        Run next = transitions.announced(run);
        if (Finding.anyError(findings) && run.state() instanceof RunState.Unsubmitted planned) {
            next = transitions.refused(
                    run, planned.refused(clock.instant(), Problem.refused(Problem.Code.CONTRACT, findings)));
        }
        try {
            Run stored = store.save(next, plan);
            LOG.infof(
                    "Run %s is %s: %s of %s/%s %s, attempt %d",
                    id,
                    stored.state().label(),
                    draft.kind(),
                    draft.cluster(),
                    draft.datasource(),
                    run.intervals(),
                    run.attempt());
            return transitions.flush(stored);
        } catch (StaleRunException exception) {
            // Somebody else planned the same intent at the same moment.
            return store.find(id).orElseThrow();
        }
    }

    private Run run(String id, TaskDraft draft, Optional<Run> existing, int number) {
        String specHash = CanonicalJson.hash(draft.spec());
        return existing.filter(run -> run.state() instanceof RunState.Ended)
                .map(run -> run.nextAttempt(
                        ((RunState.Ended) run.state()).again(clock.instant()),
                        number,
                        draft.definitionHash(),
                        specHash,
                        draft.timeLimit()))
                .orElseGet(() -> Run.first(
                        id,
                        draft.cluster(),
                        draft.datasource(),
                        draft.kind(),
                        draft.mode(),
                        draft.chunks(),
                        draft.definitionHash(),
                        specHash,
                        draft.timeLimit(),
                        clock.instant()));
    }

    private String druidVersion(TaskDraft draft) {
        return clusters.find(draft.cluster())
                .orElseThrow(() -> new IllegalArgumentException(
                        "The environment has no cluster " + draft.cluster() + ", only " + clusters.names()))
                .contractVersion();
    }
}
