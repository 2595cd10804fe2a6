package sluice.ingest.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import sluice.core.contract.Finding;
import sluice.core.json.CanonicalJson;

/** Makes attempts of runs. Whoever plans a run, of files or of a task, gets its attempt here and stores it. */
@ApplicationScoped
public class RunAttempts {

    private final Transitions transitions;
    private final Clock clock;

    RunAttempts(Transitions transitions, Clock clock) {
        this.transitions = transitions;
        this.clock = clock;
    }

    /**
     * Drafts the first attempt of a run, or the next one of a run that has ended. The attempt is Planned; if the plan has an
     * error among its findings, the attempt is Refused and its problem names the errors. Either way its outbox has the event.
     *
     * @param existing the run as it is stored; empty if it is new
     * @param refusal code of the problem of a refused attempt
     * @throws IllegalArgumentException if the existing run has not ended
     */
    public DraftedRun draft(RunIntent intent, Optional<Run> existing, Plan plan, Problem.Code refusal) {
        return draft(intent, existing, plan, refusal, clock.instant());
    }

    /**
     * Drafts an attempt as {@link #draft(RunIntent, Optional, Plan, Problem.Code)} does, planned at this time.
     *
     * @throws IllegalArgumentException if the existing run has not ended
     */
    public DraftedRun draft(RunIntent intent, Optional<Run> existing, Plan plan, Problem.Code refusal, Instant now) {
        String specHash = plan.spec() == null ? "" : CanonicalJson.hash(plan.spec());
        RunState.Planned planned = new RunState.Planned(now);
        Run run = existing.map(earlier -> next(earlier, planned, intent, specHash))
                .orElseGet(() -> first(intent, specHash, now));
        if (!Finding.anyError(plan.findings())) {
            return new DraftedRun(transitions.announced(run).written(), plan);
        }
        RunState.Refused refused = planned.refused(now, Problem.refused(refusal, plan.findings()));
        return new DraftedRun(transitions.next(run, refused), plan);
    }

    private static Run first(RunIntent intent, String specHash, Instant now) {
        return Run.first(
                intent.runId(),
                intent.feed().cluster(),
                intent.feed().datasource(),
                intent.kind(),
                intent.mode(),
                intent.chunks(),
                intent.definitionHash(),
                specHash,
                intent.timeLimit(),
                now);
    }

    private static Run next(Run earlier, RunState.Planned planned, RunIntent intent, String specHash) {
        if (!earlier.hasEnded()) {
            throw new IllegalArgumentException("run " + earlier.id() + " is "
                    + earlier.state().label() + ": only a run that has ended gets another attempt");
        }
        return earlier.nextAttempt(
                planned, earlier.attempt() + 1, intent.definitionHash(), specHash, intent.timeLimit());
    }
}
